/**
Reading keeps some 30 MB in use, a line of 16 MB several times that. With less room for young objects V8 takes
less from the system, at no loss of speed.
*/
export const ingestLimits = {maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256};
