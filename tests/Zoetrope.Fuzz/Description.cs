using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;

namespace Zoetrope.Fuzz;

/// <summary>Describes all that the generator makes of documents, so that two runs can be compared by the byte.</summary>
public static class Description
{
    /// <summary>
    /// One line a file of C#, with the hash of its bytes, and one a problem, in the order in which the generator gave them; folders are left out.
    /// </summary>
    public static IEnumerable<string> Of(IEnumerable<FuzzDocument> documents)
    {
        var result = GeneratorHost.Run(documents, "Demo");
        if (result.Exception is { } exception)
            yield return exception.ToString();
        foreach (var source in result.GeneratedSources.OrderBy(source => source.HintName, StringComparer.Ordinal))
            yield return $"{source.HintName} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source.SourceText.ToString())))}";
        foreach (var problem in result.Diagnostics.Select(Describe).Order(StringComparer.Ordinal))
            yield return problem;
    }

    /// <summary>What this process takes for granted: how it writes a number, lowers a letter and counts a year, and where its clock is.</summary>
    public static string Surroundings() => string.Join(' ',
        CultureInfo.CurrentCulture.Name, (-1.5).ToString(
            CultureInfo.CurrentCulture), "I".ToLower(CultureInfo.CurrentCulture), new DateTime(2026, 1, 1).ToString("yyyy", CultureInfo.CurrentCulture),
        TimeZoneInfo.Local.GetUtcOffset(new DateTime(2026, 1, 1)));

    private static string Describe(Diagnostic diagnostic)
    {
        var location = diagnostic.Location.GetLineSpan();
        return string.Create(
            CultureInfo.InvariantCulture, $"{location.Path.Replace('\\', '/').Split('/')[^1]} {diagnostic.Location.SourceSpan} {location.Span} {diagnostic.DefaultSeverity} {diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture).ReplaceLineEndings("\\n")}");
    }
}
