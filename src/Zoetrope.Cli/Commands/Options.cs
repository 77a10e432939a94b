using System.CommandLine;
using Zoetrope.Cli.Input;

namespace Zoetrope.Cli.Commands;

/// <summary>The options that several commands have.</summary>
internal static class Options
{
    /// <summary><c>--base-url URL</c>.</summary>
    public static Option<Uri?> BaseUrl() => new("--base-url")
    {
        Description = "The server to use instead of the provider's own, such as the address that `zoetrope simulate` prints. The key is sent to it. "
            + "Default: the environment variables FAL_BASE_URL and EACHLABS_BASE_URL.",
        HelpName = "URL",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                return url;
            result.AddError($"--base-url: must be an http or https URL, but is '{text}'");
            return null;
        },
    };

    /// <summary><c>--timeout T</c>.</summary>
    public static Option<TimeSpan?> Timeout() => new("--timeout")
    {
        Description = "How long to wait for the result: 30 or 30s, 5m, 1h; at most 720h. Default: 30m. After that the job is left running (exit code 4).",
        HelpName = "T",
        CustomParser = result =>
        {
            if (Duration.Read(result.Tokens[^1].Value, mayBeZero: false, out var timeout) is not { } problem)
                return timeout;
            result.AddError($"--timeout: {problem}");
            return null;
        },
    };

    /// <summary><c>--output FILE</c>.</summary>
    public static Option<string?> Output() => new("--output", "-o")
    {
        Description = "Where to save the files of the result: a file, whose extension may be omitted, or an existing folder. "
            + "Several files are suffixed with -1, -2, ... Nothing is overwritten: an existing file is an error, and names that the result chooses are "
            + "suffixed with a number if they are taken.",
        HelpName = "FILE",
    };

    /// <summary><c>--cancel-on-interrupt</c>.</summary>
    public static Option<bool> CancelOnInterrupt() => new("--cancel-on-interrupt")
    {
        Description = "Cancel the job on Ctrl+C or another signal to stop, instead of leaving it running.",
    };
}
