using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Zoetrope.Cli.Output;

/// <summary>What Unix knows about the descriptors of stdin, stdout and stderr.</summary>
internal static partial class Descriptors
{
    // The same numbers on Linux and macOS.
    private const int GetFlags = 1;
    private const int CloseOnExec = 1;
    private const int Interrupted = 4;
    private const int ReaderHasGone = 32;
    private const short CanWrite = 0x4;
    private const short ErrorOrHangUp = 0x8 | 0x10 | 0x20;

    // They are held until the process ends.
    private static readonly List<SafeFileHandle> Occupied = [];

    /// <summary>
    /// Whether the process was started without a descriptor. If its number is still free, the null device takes it, so that no file and no socket ever does.
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

    /// <summary>Writes all bytes.</summary>
    /// <param name="descriptor">Where to.</param>
    /// <param name="name">Its name, for errors.</param>
    /// <param name="bytes">The bytes.</param>
    /// <exception cref="IOException">They could not be written, such as to a full disk or to a pipe that nobody reads any more.</exception>
    public static void Write(int descriptor, string name, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var written = write(descriptor, in MemoryMarshal.GetReference(bytes), (nuint)bytes.Length);
            if (written >= 0)
            {
                bytes = bytes[(int)written..];
                continue;
            }
            var error = Marshal.GetLastPInvokeError();
            switch (error)
            {
                case Interrupted:
                    break;
                // It is full and does not wait: a process that shares it has decided so. The numbers are Linux's and macOS's.
                case 11 or 35:
                    var state = new State { Descriptor = descriptor, Asked = CanWrite };
                    _ = poll(ref state, 1, -1);
                    break;
                case ReaderHasGone:
                    throw new IOException($"Nobody reads {name} any more, so not everything was printed there.");
                default:
                    throw new IOException($"{name} cannot be written to: {Marshal.GetPInvokeErrorMessage(error)}");
            }
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, in byte bytes, nuint count);

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
