using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Zoetrope.Cli.Output;

/// <summary>What Unix knows about the descriptors of stdin, stdout and stderr.</summary>
internal static partial class Descriptors
{
    // The same numbers on Linux and macOS.
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const short CanWrite = 0x4;
    private const short ErrorOrHangUp = 0x8 | 0x10 | 0x20;

    // They are held until the process ends.
    private static readonly List<SafeFileHandle> Occupied = [];

    /// <summary>
    /// Whether the process was started without a descriptor. Where its number is free still, the null device takes it, so that no file and no socket ever does.
    /// </summary>
    /// <remarks>To be asked in ascending order: a file that is opened gets the lowest number that is free.</remarks>
    public static bool WasClosed(int descriptor, FileAccess access)
    {
        var flags = fcntl(descriptor, GetFlags);
        if (flags < 0)
            Occupied.Add(File.OpenHandle("/dev/null", FileMode.Open, access, FileShare.ReadWrite));
        // What a process inherits is not closed on exec, or it would not be there: this one was opened by the runtime itself, such as a pipe of its own.
        return flags < 0 || (flags & CloseOnExec) != 0;
    }

    /// <summary>Whether nobody will read what is written: the other end of a pipe is closed, or a terminal is gone.</summary>
    public static bool IsBroken(int descriptor)
    {
        var state = new State { Descriptor = descriptor, Asked = CanWrite };
        return poll(ref state, 1, 0) > 0 && (state.Found & ErrorOrHangUp) != 0;
    }

    [LibraryImport("libc")]
    private static partial int fcntl(int descriptor, int command);

    [LibraryImport("libc")]
    private static partial int poll(ref State states, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        public int Descriptor;
        public short Asked;
        public short Found;
    }
}
