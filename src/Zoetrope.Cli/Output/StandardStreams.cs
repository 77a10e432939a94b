using System.Text;

namespace Zoetrope.Cli.Output;

/// <summary>
/// Stdin, stdout and stderr. A process can be started without some of them (<c>&gt;&amp;- 2&gt;&amp;-</c>), and then their numbers belong to whatever is opened
/// first: what is meant for stdout would end up in a file or a socket, or be lost without an error.
/// </summary>
internal static class StandardStreams
{
    private const int Input = 0;
    private const int Output = 1;
    private const int Errors = 2;

    private static bool _inputIsClosed;
    private static bool _outputIsClosed;
    private static bool _errorsAreClosed;

    /// <summary>
    /// Whether what was written to stderr cannot reach anybody: it was closed from the start, or the reader of its pipe has gone, of which .NET's console does
    /// not speak.
    /// </summary>
    public static bool ErrorsAreLost => _errorsAreClosed || (!OperatingSystem.IsWindows() && Descriptors.IsBroken(Errors));

    /// <summary>
    /// Finds out which of them there are, and keeps the numbers of the others from being used. It must run before anything else opens a file.
    /// </summary>
    public static void Install()
    {
        if (OperatingSystem.IsWindows())
        {
            // There a closed one is never a file of somebody else: .NET looks at the handle.
            _inputIsClosed = Console.OpenStandardInput() == Stream.Null;
            _outputIsClosed = Console.OpenStandardOutput() == Stream.Null;
            _errorsAreClosed = Console.OpenStandardError() == Stream.Null;
        }
        else
        {
            _inputIsClosed = Descriptors.WasClosed(Input, FileAccess.Read);
            _outputIsClosed = Descriptors.WasClosed(Output, FileAccess.Write);
            _errorsAreClosed = Descriptors.WasClosed(Errors, FileAccess.Write);
        }
        if (_outputIsClosed || !OperatingSystem.IsWindows())
            Console.SetOut(new StreamWriter(OpenOutput()) { AutoFlush = true });
        Console.SetError(new QuietWriter(_errorsAreClosed ? TextWriter.Null : Console.Error));
    }

    /// <summary>Writes to stderr at once, as a frame of a terminal needs it: .NET's console would divide a longer text.</summary>
    public static void WriteError(string text)
    {
        if (_errorsAreClosed || OperatingSystem.IsWindows())
        {
            Console.Error.Write(text);
            return;
        }
        QuietWriter.Try(() => Descriptors.Write(Errors, "stderr", Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Opens stdin. Where it is closed, reading throws an <see cref="IOException"/> that says so.</summary>
    public static Stream OpenInput() => _inputIsClosed ? new ClosedStream("stdin") : Console.OpenStandardInput();

    /// <summary>Opens stdout. Where it is closed, or nobody reads it any more, writing throws an <see cref="IOException"/> that says so.</summary>
    public static Stream OpenOutput()
    {
        if (_outputIsClosed)
            return new ClosedStream("stdout");
        return OperatingSystem.IsWindows() ? Console.OpenStandardOutput() : new DescriptorOutput(Output, "stdout");
    }
}
