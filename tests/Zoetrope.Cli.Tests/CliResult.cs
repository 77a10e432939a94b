using System.Text.Json;

namespace Zoetrope.Cli.Tests;

/// <summary>What a run of the command line left.</summary>
public sealed record CliResult(int ExitCode, string Output, IReadOnlyList<string> ErrorLines)
{
    /// <summary>Stdout, which must be one JSON value and nothing else.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    /// <summary>The error as JSON, which must be the last line of stderr, in an object of its own.</summary>
    public JsonElement Error()
    {
        using var document = JsonDocument.Parse(ErrorLines[^1]);
        Assert.Single(document.RootElement.EnumerateObject());
        var error = document.RootElement.GetProperty("error").Clone();
        Assert.Equal(ExitCode, error.GetProperty("exit_code").GetInt32());
        return error;
    }

    /// <summary>The handle as it was printed for people.</summary>
    public string Handle() => ErrorLines.First(line => line.StartsWith("handle: ", StringComparison.Ordinal))["handle: ".Length..];

    /// <summary>Fails with everything that was printed unless the process ended so.</summary>
    public CliResult Exits(int code)
    {
        Assert.True(ExitCode == code, $"Exit code {ExitCode} instead of {code}.\n{string.Join('\n', ErrorLines)}\n{Output}");
        return this;
    }

    /// <summary>Fails unless a line of stderr begins so.</summary>
    public CliResult Says(string prefix)
    {
        Assert.Contains(ErrorLines, line => line.StartsWith(prefix, StringComparison.Ordinal));
        return this;
    }
}
