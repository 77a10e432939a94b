using System.CommandLine;
using System.Globalization;

namespace Zoetrope.Cli.Commands;

/// <summary>What the commands that write a lock file have in common.</summary>
internal static class VendoringOptions
{
    /// <summary>The origin of a document that nobody gave one for.</summary>
    public const string UnknownOrigin = "unknown";

    /// <summary>The date that the lock file gets, the same in all time zones.</summary>
    public static string Today() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>--origin URL</c>.</summary>
    public static Option<string?> Origin(string description)
    {
        var option = new Option<string?>("--origin") { Description = description, HelpName = "URL" };
        option.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
                result.AddError("--origin: must not be empty");
        });
        return option;
    }
}
