using Spectre.Console;

namespace Zoetrope.Cli.Output;

/// <summary>Chooses how progress is shown.</summary>
internal static class Reporter
{
    /// <summary>Live lines where stderr is a terminal that can show them; plain lines everywhere else.</summary>
    public static IReporter Create()
    {
        if (Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb")
            return new PlainReporter(Console.Error);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Profile.Capabilities is { Ansi: true, Interactive: true }
            ? new LiveReporter(static () => Console.WindowWidth, StandardStreams.WriteError)
            : new PlainReporter(Console.Error);
    }
}
