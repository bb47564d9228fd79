/** The JSON contract, for the commands that print parts of it. */
export {eventJson, jsonSchemaVersion, promptJson, sessionJson} from '../report/json/contract.js';
