/** What a container that is not privileged tries against its host, as a shell script. */
import { defaultMaskedPaths } from "../../src/model/default-paths.js";

/** Tries to get at what is masked and to write to what is read-only; tells what did not fail. */
export const attack = `
  for each in ${Object.keys(defaultMaskedPaths).join(" ")}; do
    [ ! -d $each ] || [ -z "$(ls -A $each)" ] || echo "saw $each"
    [ ! -f $each ] && [ ! -c $each ] || [ -z "$(busybox head -c 1 $each)" ] || echo "read $each"
  done 2>/dev/null
  for each in /proc/sysrq-trigger /proc/sys/kernel/hostname /proc/sys/vm/drop_caches /proc/irq/default_smp_affinity \
    /sys/kernel/uevent_helper /sys/kernel/mm/ksm/run; do
    (: >$each) && echo "wrote $each"
    busybox chmod 0 $each && echo "changed $each"
  done 2>/dev/null
  for each in /proc/acpi /proc/interrupts /proc/timer_list /proc/sys /sys/firmware /sys /dev/null; do
    mount -o remount,rw $each && echo "remounted $each"
    mount -o remount,bind,rw $each && echo "remounted $each"
    umount $each && echo "unmounted $each"
    umount -l $each && echo "unmounted $each"
  done 2>/dev/null
  mount -t proc proc /tmp 2>/dev/null && echo "mounted proc"
  mount -t sysfs sysfs /tmp 2>/dev/null && echo "mounted sysfs"
  # Root of a user namespace of its own may mount, but not what would show more than it sees now.
  busybox unshare -Urmpf --mount-proc true 2>/dev/null && echo "mounted proc in a user namespace"
  busybox unshare -Urmn mount -t sysfs sysfs /tmp 2>/dev/null && echo "mounted sysfs in a user namespace"
  busybox unshare -Urm umount /proc/interrupts 2>/dev/null && echo "unmounted in a user namespace"
  busybox unshare -Urm mount -o remount,bind,rw /proc/sys 2>/dev/null && echo "remounted in a user namespace"
  echo tried`;
