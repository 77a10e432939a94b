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

    /// <summary>The folder of the documents, as an argument.</summary>
    public static Argument<string> Folder() => new("FOLDER")
    {
        Description = "The folder of the documents and of specs.lock.json.",
        DefaultValueFactory = _ => "specs",
    };

    /// <summary>The folder of the documents that a command line names.</summary>
    /// <exception cref="UsageException">There is no such folder.</exception>
    public static string RequireFolder(ParseResult parsed, Argument<string> argument) =>
        parsed.GetRequiredValue(argument) is var folder && Directory.Exists(folder)
            ? folder
            : throw new UsageException($"{argument.Name}: no such folder: '{folder}'");

    /// <summary>The folder of the documents, as an option.</summary>
    public static Option<string> Folder(string name, string more) => new(name)
    {
        Description = $"The folder of the documents and of specs.lock.json. {more}",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => "specs",
    };

    /// <summary><c>--dry-run</c>.</summary>
    public static Option<bool> DryRun() => new("--dry-run")
    {
        Description = "Write nothing; print what would be written.",
    };

    /// <summary><c>--base-url URL</c>.</summary>
    public static Option<Uri?> Server() => new("--base-url")
    {
        Description = "The server that is asked for the documents of providers' models instead of the providers' own, such as a mirror or the address that "
            + "`zoetrope simulate` prints.",
        HelpName = "URL",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0)
                return url;
            result.AddError($"--base-url: must be an http or https URL without credentials, but is '{text}'");
            return null;
        },
    };

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
