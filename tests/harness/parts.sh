# shellcheck shell=bash
# SPDX-License-Identifier: MIT
# The parts of tests/run: part_NAME runs one, and counts what came of it.

# Linters and formatters differ from release to release: those of this one decide.
tools_release=bookworm

here_release=$(. /etc/os-release 2>/dev/null && echo "${VERSION_CODENAME:-unknown}")

# Those of tests/lint that go by them.
released_lints=(c shell)

# Can this part be run with the system that we are on?
checked_here() { # PART
  [[ $1 != format || $here_release == "$tools_release" ]]
}

# Unless what is there is newer than the lock file already.
npm_install() { # FOLDER
  [[ ! $1/node_modules/.package-lock.json -nt $1/package-lock.json ]] || return 0
  cd "$1" && as_caller npm ci --no-audit --no-fund
}

configure() {
  as_caller cmake -C "$root/.cmake/tests.cmake" -S "$root" -B "$build"
}

# What has to be built: all for all unit tests, and for a single one only what it runs. Sets $targets.
targets_of_parts() {
  targets=(all)
  ! wanted lint smoke || return 0
  if ! wanted unit; then
    # the programs that paths.ts names
    mapfile -t targets < <(grep -oP "join\(build, '.*/\Kconnvis-[a-z-]+" "$root/tests/harness/paths.ts")
    targets+=(connvis-lab-traffic connvis-clock)
  elif ((${#names[@]})) && ! wanted integration browser; then
    mapfile -t targets < <(ctest --test-dir "$build" -R "$(names_pattern)" --show-only=json-v1 |
      sed -n '/"command"/,/\]/p' | grep -oE "\"$build/[^\"]+\"" | sed 's|.*/||; s|"$||' | sort -u)
    ((${#targets[@]})) || fail "There is no unit test ${names[*]}."
    targets+=(connvis-clock)
  fi
}

compile() {
  as_caller cmake --build "$build" --parallel "$(nproc)" --target "${targets[@]}"
}

names_pattern() {
  (IFS='|' && echo "${names[*]}")
}

sources() {
  find "$root"/{collector,broadcaster,common,tests} -name node_modules -prune -o -name '*.[ch]' -print0
}

format() {
  sources | as_caller xargs -0 clang-format --dry-run --Werror
}

part_format() {
  if checked_here format; then
    attempt "Format of the C sources" format || true
  else
    say "The format is that of Debian $tools_release's clang-format, so it is not checked on $here_release."
  fi
}

# Each program in tests/lint is a check of its own; it gets the build folder.
part_lint() {
  local check title ran=no
  for check in "$root"/tests/lint/*; do
    title=${check##*/}
    [[ -x $check && (${#names[@]} == 0 || $title =~ $(names_pattern)) ]] || continue
    ran=yes
    if [[ " ${released_lints[*]} " == *" $title "* && $here_release != "$tools_release" ]]; then
      say "tests/lint/$title goes by the tools of Debian $tools_release, so it is not run on $here_release."
    else
      attempt "Lint of $title" as_caller "$check" "$build" || true
    fi
  done
  [[ $ran == yes ]] ||
    say "No program in tests/lint is called ${names[*]}, so nothing was linted: names choose lint's programs, too."
}

# Titles of what was counted as failed.
failures_of() { # reads lines
  local lines
  mapfile -t lines
  failures+=("${lines[@]}")
}

# Runs ctest and counts programs, and tests in them that were left out.
run_ctest() { # ARGUMENT…
  local log=$work/ctest numbers bad total
  ctest --test-dir "$build" --parallel "$(nproc)" --output-on-failure --timeout 300 "$@" 2>&1 | tee "$log" || true
  # "98% tests passed, 1 tests failed out of 55"
  numbers=$(sed -nE 's/^[0-9]+% tests passed, ([0-9]+) tests failed out of ([0-9]+)$/\1 \2/p' "$log")
  read -r bad total <<<"${numbers:-1 1}"
  count $((total - bad)) "$bad"
  # "	  3 - common_json_test (Failed)"
  failures_of < <(sed -nE 's/^\s+[0-9]+ - (\S+ \([A-Za-z ]+\)).*$/\1/p' "$log")
  # the log has the output of those that passed, too: cmocka's "[  SKIPPED ] test_name"
  count_skipped < <(awk '
    /^[0-9]+\/[0-9]+ Test: / { program = $NF }
    /^\[ +SKIPPED +\] [a-z]/ && !seen[program, $NF]++ { print program ": " $NF }' "$build/Testing/Temporary/LastTest.log")
}

part_unit() {
  local arguments=() name
  ((${#names[@]} == 0)) || arguments=(-R "$(names_pattern)")
  if [[ ${clock_shift:-} != newyear ]]; then
    with_clock run_ctest "${arguments[@]}"
    return
  fi
  while read -r name; do
    clock_before_new_year 300
    with_clock run_ctest -R "^$name\$"
  done < <(ctest --test-dir "$build" -N "${arguments[@]}" | sed -nE 's/^ *Test +#[0-9]+: //p')
}

# A network namespace of its own, so that what the tests make meets nothing else on the machine; and what they start
# is root's, whoever asked for it through sudo.
alone=(env -u SUDO_USER unshare --net -- sh -c 'ip link set lo up && exec "$@"' sh)

# Runs vitest in a folder; what came of it is in the report.
run_vitest() { # FOLDER REPORT ARGUMENT…
  local folder=$1 report=$2 inside=(as_caller)
  shift 2
  [[ $folder != tests ]] || inside=("${alone[@]}")
  rm -f "$report"
  cd "$root/$folder" && CONNVIS_BUILD=$build with_clock "${inside[@]}" npx --no-install vitest run --reporter=verbose \
    --reporter=json --outputFile.json="$report" "$@" </dev/null
}

# Adds up the tests of a report; a file that does not even load counts as a failed one.
count_report() { # REPORT STATUS
  local numbers good bad
  # shellcheck disable=SC2016 # JavaScript
  numbers=$(node -e '
    const report = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const broken = report.testResults.filter((f) => f.status === "failed" && !f.assertionResults.some((t) => t.status === "failed"));
    console.log(report.numPassedTests, report.numFailedTests + broken.length);
    const base = (file) => file.name.replace(/.*\//, "");
    for (const file of broken) console.log("failed", `${base(file)} could not be loaded`);
    for (const file of report.testResults)
      for (const { status, fullName } of file.assertionResults)
        if (status !== "passed") console.log(status === "failed" ? status : "skipped", `${base(file)}: ${fullName}`);
  ' "$1" 2>/dev/null) || numbers="0 1
failed $(basename "$1" .json): no report"
  read -r good bad <<<"$numbers"
  (($2 == 0 || bad > 0)) || bad=1
  count "$good" "$bad"
  failures_of < <(sed -n 's/^failed //p' <<<"$numbers")
  count_skipped < <(sed -n 's/^skipped //p' <<<"$numbers")
}

vitest() { # FOLDER ARGUMENT…
  local status=0 report=$work/report.json
  # the page's tests are not run as root
  [[ $1 == tests ]] || { mkdir -p "$work/page-report" && give_to_caller "$work/page-report" && report=$work/page-report/json; }
  (run_vitest "$1" "$report" "${@:2}") || status=$?
  count_report "$report" "$status"
}

part_page() {
  vitest frontend "${names[@]}"
}

# Integration tests that take the longest begin first.
long_integration=(signing broadcaster-slow faults account who-may-act get-data startup wishes tls viewers)

# Prints the integration tests that were asked for, as paths.
integration_files() {
  local name
  {
    for name in "${long_integration[@]}"; do echo "$root/tests/integration/$name.test.ts"; done
    printf '%s\n' "$root"/tests/integration/*.test.ts
  } | awk '!seen[$0]++' | grep -E "/[^/]*($(names_pattern))[^/]*$"
}

# Runs one file in a network namespace of its own, and then says what it said.
integration_file() { # FILE
  local name=${1##*/} status=0
  (run_vitest tests "$work/integration/$name.json" --project integration "$name") >"$work/integration/$name.log" 2>&1 ||
    status=$?
  echo "$status" >"$work/integration/$name.status"
  flock "$work/integration" cat "$work/integration/$name.log"
}

# Runs files, some beside each other: they wait most of their time. What tells the programs of a test that the new year
# begins is for one test at a time.
integration_pool() { # FILE…
  local file most=3
  [[ ${clock_shift:-} != newyear ]] || most=1
  for file; do
    while (($(jobs -rp | wc -l) >= most)); do wait -n || true; done
    [[ ${clock_shift:-} != newyear ]] || clock_before_new_year 8000
    integration_file "$file" &
  done
  wait
}

part_integration() {
  local file files
  ((${#names[@]})) || attempt "Types of the tests" types || true
  mapfile -t files < <(integration_files)
  if ((${#files[@]} == 0)); then
    count_one "integration: there is no test ${names[*]}" false || true
    return
  fi
  mkdir -p "$work/integration"
  set -m
  integration_pool "${files[@]}" &
  beside=$!
  set +m
  wait "$beside" || true
  beside=""
  for file in "${files[@]##*/}"; do
    count_report "$work/integration/$file.json" "$(<"$work/integration/$file.status")"
  done
  rm -rf "$work/integration"
}

types() {
  cd "$root/tests" && as_caller npm run --silent check
}

# Three files at a time: a page mostly waits, and what it costs is reckoned in its own CPU time.
part_browser() {
  vitest tests --project browser --fileParallelism --maxWorkers 3 --minWorkers 1 "${names[@]}"
}

part_soak() {
  vitest tests --project soak "${names[@]}"
}

# A few tests where dates, letters and the year are others, in the zone and the language that differ most from ours;
# and tests/fresh with a copy of this system, which must know nothing of this one's.
part_smoke() {
  local names=() zone=(TZ=Asia/Kathmandu "LOCPATH=$work/locale" LC_ALL=tr_TR.UTF-8)
  make_locale tr_TR.UTF-8
  clock_start +400d
  attempt "The clock is another one, for files and for other users too" clock_smoke || true
  names=(dns_ devices_ lists_ common_)
  in_place "${zone[@]}" part_unit
  in_place "${zone[@]}" vitest tests --project integration lookups.test.ts
  clock_start newyear
  names=(dns_prefix dns_source devices_leases)
  in_place TZ=America/St_Johns part_unit
  if [[ $clock ]]; then clock_start "$clock"; else clock_done; fi
  attempt "A copy of this system with a clean checkout" fresh_smoke || true
}

# A language that is not generated on this machine, for what runs with LOCPATH=$work/locale.
make_locale() { # NAME
  [[ -d $work/locale/$1 ]] || step "Generating the locale $1" generate_locale "$1" ||
    fail "The locale $1 cannot be generated: is the package locales installed?"
}

generate_locale() { # NAME
  mkdir -p "$work/locale" && localedef -i "${1%%.*}" -f "${1#*.}" "$work/locale/$1"
}

# The language that was asked for, where this machine does not have it. Programs would silently take C.
ask_locale() {
  local name=${LC_ALL:-${LANG:-C}} known
  known=$(locale -a)
  [[ $name != C && $name != POSIX && $name == *_*.* ]] || return 0
  ! grep -qixF "${name/UTF-8/utf8}" <<<"$known" || return 0
  make_locale "$name"
  export LOCPATH=$work/locale
}

# With variables in the environment, and what is counted still counted here.
in_place() { # NAME=VALUE… COMMAND…
  local given=()
  while [[ $1 == *=* ]]; do
    given+=("$1")
    shift
  done
  local -x "${given[@]}"
  "$@"
}

clock_smoke() {
  # not by the links in the build folder, which lies where another user may not look: HOME_MODE in Debian 13
  local -x PATH=$path
  local true_time=$EPOCHSECONDS script
  # shellcheck disable=SC2016 # for another shell
  script='touch "$1" && echo $(($(date +%s) - $2)) $(($(stat -c %Y "$1") - $2))'
  install -d -m 777 "$work/clock"
  with_clock setpriv --reuid 65534 --clear-groups bash -c "$script" bash "$work/clock/file" "$true_time" |
    awk -v d=$((400 * 86400)) '{ print } $1 < d || $1 > d + 60 || $2 < d || $2 > d + 60 { exit 1 }'
}

fresh_smoke() {
  CONNVIS_LEAK=1 "$root/tests/fresh" this --offline tests/harness/fresh-smoke
}

make_release() { # FOLDER: unpacked, too
  mkdir "$1" && give_to_caller "$1" && "$root/deploy/release" "$1" && tar -C "$1" -xf "$1"/connvis_*.orig.tar.gz
}

foreign_debs() { # RELEASE ARCH
  local folder=$work/$1-$2
  "$work/release/connvis-$(connvis_version)/deploy/make-deb" --release "$1" --arch "$2" "$folder" &&
    "$root/tests/harness/foreign-debs" "$folder" "$2"
}

# armhf counts seconds in 32 bits in Debian 12, and in 64 bits in 13.
part_foreign() {
  local release arch
  local -x PATH=$path
  attempt "Making a release" make_release "$work/release" || return 0
  for release in bookworm trixie; do
    for arch in arm64 armhf; do
      say "For $arch on $release"
      attempt "Packages for $arch on $release" foreign_debs "$release" "$arch" || true
      count_one "tests for $arch on $release" "$root/tests/fresh" "$release" tests/harness/fresh-foreign "$arch" || true
    done
  done
}

part_fresh() {
  local release
  for release in bookworm trixie; do
    say "tests/fresh $release"
    count_one "tests/fresh $release" "$root/tests/fresh" "$release" --clock +400d || true
  done
}

part_package() {
  local -x PATH=$path
  local release
  for release in bookworm trixie; do
    say "tests/package $release"
    count_one "tests/package $release" "$root/tests/package" "$release" --debs "$work/$release.debs" || true
    say "tests/router $release"
    count_one "tests/router $release" "$root/tests/router" "$release" --debs "$work/$release.debs" || true
  done
}
