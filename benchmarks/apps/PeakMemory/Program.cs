// Runs a program and prints its peak resident memory in KiB. The kernel's figure is a maximum over all children of a process, so each
// measurement has a process of its own; and it counts the moment between fork and exec, when the child still has its parent's memory, so
// this parent is a native program that is smaller than what it measures.

using System.Diagnostics;
using System.Runtime.InteropServices;

using (var process = Process.Start(new ProcessStartInfo(args[0], args[1..]) { RedirectStandardOutput = true })!)
{
    process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
        return process.ExitCode;
}
if (Kernel.GetResourceUsage(Kernel.Children, out var usage) != 0)
    return 1;
Console.WriteLine(usage.MaxResidentKib);
return 0;

internal static partial class Kernel
{
    public const int Children = -1;

    [LibraryImport("libc", EntryPoint = "getrusage")]
    public static partial int GetResourceUsage(int who, out ResourceUsage usage);
}

// struct rusage of 64-bit Linux: two timevals, then ru_maxrss, then thirteen counters that are not needed.
[StructLayout(LayoutKind.Explicit, Size = 144)]
internal struct ResourceUsage
{
    [FieldOffset(32)]
    public long MaxResidentKib;
}
