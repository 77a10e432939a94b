namespace Zoetrope.Validation;

/// <summary>
/// Local files that stand as texts in requests until the submit uploads them. Programs that have none do not contain what checks them: it is registered with
/// the first one.
/// </summary>
internal static class LocalFiles
{
    /// <summary>How such a text begins. Nothing that a provider takes does.</summary>
    public const string Prefix = "zoetrope-upload://";

    /// <summary>Checks the file that a text stands for.</summary>
    public delegate void Checker(ref ValidationContext context, string text, string name, FileRule rule);

    /// <summary>Checks files; null while there are none.</summary>
    public static Checker? Check { get; set; }

    /// <summary>Checks the format of the file that a text stands for: against formats, or against its own name where they are null.</summary>
    public delegate void FormatChecker(ref ValidationContext context, string text, string name, string? formats);

    /// <summary>Checks formats of files; null while there are none.</summary>
    public static FormatChecker? CheckFormat { get; set; }

    /// <summary>Whether a text stands for a file.</summary>
    public static bool IsOne(string text) => Check is not null && text.StartsWith(Prefix, StringComparison.Ordinal);
}
