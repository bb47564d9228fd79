import {type Rule, token} from './rule.js';

/** Package registries and container registries. */
export const registries: Rule[] = [
	token('npm-token', 'npm access token', 'npm_', 'npm_[A-Za-z0-9]{36}', 'npm_<A36>'),
	token('pypi-token', 'PyPI upload token', 'pypi-', 'pypi-AgE[\\w-]{50,1000}', 'pypi-AgEIcHlwaS5vcmc<w130>'),
	token('pypi-token', 'PyPI token of a test index', 'pypi-', 'pypi-[\\w-]{85,1000}', 'pypi-<w150>', {entropy: 4}),
	token('rubygems-key', 'RubyGems key', 'rubygems_', 'rubygems_[0-9a-f]{48}', 'rubygems_<h48>'),
	token('nuget-key', 'NuGet key', 'oy2', 'oy2[a-z0-9]{43}', 'oy2<a43>'),
	token('crates-token', 'crates.io token', 'cio', 'cio[A-Za-z0-9]{32}', 'cio<A32>', {check: 'mixed'}),
	token('dockerhub-token', 'Docker Hub token', ['dckr_pat_', 'dckr_oat_'], 'dckr_[po]at_[\\w-]{26,40}', [
		'dckr_pat_<w27>',
		'dckr_oat_<w32>',
	]),
	token('clojars-token', 'Clojars deploy token', 'CLOJARS_', 'CLOJARS_[0-9a-f]{60}', 'CLOJARS_<h60>'),
	token(
		'artifactory-token',
		'Artifactory key or reference token',
		['AKCp', 'cmVmdGtu'],
		'(?:AKCp[A-Za-z0-9]{60,80}|cmVmdGtu[A-Za-z0-9]{50,60})',
		['AKCp<A69>', 'cmVmdGtu<A56>'],
	),
	token(
		'packagist-token',
		'Packagist token',
		['packagist_'],
		'packagist_(?:uut|ust|out|ort)_[0-9a-f]{60,80}',
		'packagist_uut_<h68>',
	),
	token('cloudsmith-key', 'Cloudsmith key', 'csa_', 'csa_[0-9a-f]{40}', 'csa_<h40>'),
	token(
		'deno-deploy-token',
		'Deno Deploy token',
		['ddp_', 'ddo_', 'ddw_', 'ddn_'],
		'dd[pown]_[A-Za-z0-9]{32,44}',
		'ddp_<A36>',
	),
	token('replicated-token', 'Replicated token', 'replicated-', 'replicated-[\\w-]{24,60}', 'replicated-<w40>', {
		entropy: 3.8,
		check: 'mixed',
	}),
	token('expo-token', 'Expo token', 'expo_', 'expo_[\\w-]{30,50}', 'expo_<w40>', {entropy: 3.8, check: 'mixed'}),
];
