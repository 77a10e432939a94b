using System.Globalization;

namespace Zoetrope.Validation;

/// <summary>Checks files inside <c>data:</c> URIs.</summary>
internal static class FileChecks
{
    public static void Check(ref ValidationContext context, string uri, string name, in FileRule rule)
    {
        var size = (uri.Length - uri.IndexOf(',', StringComparison.Ordinal) - 1) * 3L / 4;
        if (size > rule.MaxBytes)
            context.Add(name, ValidationRule.File, string.Create(CultureInfo.InvariantCulture, $"at most {rule.MaxBytes} bytes"), string.Create(CultureInfo.InvariantCulture, $"{size}"));
    }
}
