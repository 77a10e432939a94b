using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Zoetrope.NativeBenchmark;

/// <summary>
/// Asks the kernel for the peak resident memory of one child. The figure is a maximum over all children of a process, so
/// each measurement has a process of its own.
/// </summary>
internal static partial class PeakMemory
{
    private const int Children = -1;

    public static int RunAndPrint(string program, string[] arguments)
    {
        using (var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!)
        {
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (process.ExitCode != 0)
                return process.ExitCode;
        }
        if (GetResourceUsage(Children, out var usage) != 0)
            return 1;
        Console.WriteLine(usage.MaxResidentKib);
        return 0;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    private static partial int GetResourceUsage(int who, out ResourceUsage usage);

    // struct rusage of 64-bit Linux: two timevals, then ru_maxrss, then thirteen counters that are not needed.
    [StructLayout(LayoutKind.Explicit, Size = 144)]
    private struct ResourceUsage
    {
        [FieldOffset(32)]
        public long MaxResidentKib;
    }
}
