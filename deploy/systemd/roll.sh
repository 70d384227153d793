#!/usr/bin/env bash
# Starts the processes of this machine anew, one after the other, while the others go on serving.
# roll.sh          a new version: whoever is called is new before whoever calls it
# roll.sh --back   the version before: the other way round
# Stops at the first copy that does not serve within ROLL_WAIT_S (default 180 s): the copies
# behind it still run the old code. ROLL_ETC names another folder than /etc/xiaoer.
set -euo pipefail

etc=${ROLL_ETC:-/etc/xiaoer}
wait_s=${ROLL_WAIT_S:-180}
parts=(actions rasa clock hub)
[[ ${1:-} == --back ]] && parts=(hub clock rasa actions)

# setting PART NUMBER NAME: what systemd gives that copy
setting() {
    local files=("$etc/common.env") own=$etc/$1-$2.env
    [[ -f $own ]] && files+=("$own")
    sed -n "s/^$3=//p" "${files[@]}" | tail -n 1
}

answers() { curl --silent --fail --noproxy '*' --max-time 5 --output /dev/null "$@"; }

healthy() {
    local port token beat
    systemctl is-active --quiet "xiaoer-$1@$2" || return 1
    case $1 in
        hub)
            port=$(setting hub "$2" XIAOER_PORT)
            answers "http://127.0.0.1:${port:-8000}/healthz"
            ;;
        actions) answers "$(setting actions "$2" XIAOER_ACTIONS_URL)/health" ;;
        rasa)
            token=$(<"$(setting rasa "$2" XIAOER_RASA_TOKEN_FILE)")
            # by standard input: an argument can be read by everybody on the machine
            answers --config - <<<"url = \"$(setting rasa "$2" XIAOER_RASA_URL)/status?token=$token\""
            ;;
        clock)
            for beat in "$(setting clock "$2" XIAOER_STATE_DIR)"/clock-*.beat; do
                [[ -e $beat && ! $began -nt $beat ]] && return 0
            done
            return 1
            ;;
    esac
}

# what is there to be replaced: the copies that systemd runs
copies() {
    systemctl list-units --plain --no-legend --state=active "xiaoer-$1@*.service" |
        sed -n "s/^xiaoer-$1@\([^.]*\)\.service.*/\1/p" | sort
}

began=$(mktemp)
trap 'rm -f "$began"' EXIT
for part in "${parts[@]}"; do
    for number in $(copies "$part"); do
        touch "$began"
        systemctl restart "xiaoer-$part@$number"
        until healthy "$part" "$number"; do
            if (($(date +%s) - $(stat -c %Y "$began") >= wait_s)); then
                echo "xiaoer-$part@$number does not serve after $wait_s s: journalctl -u xiaoer-$part@$number" >&2
                exit 1
            fi
            sleep 1
        done
        echo "xiaoer-$part@$number serves"
    done
done
