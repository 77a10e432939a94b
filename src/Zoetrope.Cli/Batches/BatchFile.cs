using System.Text;
using Zoetrope.Cli.Input;

namespace Zoetrope.Cli.Batches;

/// <summary>Reads the inputs of a file: JSON Lines, or CSV with a header.</summary>
internal static class BatchFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the inputs.</summary>
    /// <param name="content">What the file contains.</param>
    /// <param name="source">The file, or <c>-</c>.</param>
    /// <exception cref="UsageException">It has no inputs, or cannot be read as lines at all.</exception>
    public static IReadOnlyList<BatchRow> Read(ReadOnlySpan<byte> content, string source)
    {
        // Files that Windows editors wrote begin with a byte order mark.
        if (content.StartsWith("\uFEFF"u8))
            content = content[3..];
        var name = InputFile.Describe(source);
        var first = content.TrimStart(" \t\r\n"u8);
        if (first.StartsWith("["u8) && !IsCsv(source))
            throw new UsageException($"FILE: {name} is a JSON array; each input must be an object on a line of its own");
        var rows = IsCsv(source) || !(IsJson(source) || first.StartsWith("{"u8)) ? CsvRows.Read(Decode(content, name), name) : JsonRows.Read(content);
        return rows.Count > 0 ? rows : throw new UsageException($"FILE: {name} has no inputs");
    }

    private static bool IsCsv(string source) => HasExtension(source, ".csv", ".tsv");

    private static bool IsJson(string source) => HasExtension(source, ".jsonl", ".ndjson", ".json");

    private static bool HasExtension(string source, params ReadOnlySpan<string> extensions)
    {
        foreach (var extension in extensions)
        {
            if (source.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static string Decode(ReadOnlySpan<byte> content, string name)
    {
        try
        {
            return Strict.GetString(content);
        }
        catch (DecoderFallbackException exception)
        {
            var line = content[..Math.Clamp(exception.Index, 0, content.Length)].Count((byte)'\n') + 1;
            throw new UsageException($"line {line}: {name} is not UTF-8 here: save it as UTF-8");
        }
    }
}
