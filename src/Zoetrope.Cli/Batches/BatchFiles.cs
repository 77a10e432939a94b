using System.Security.Cryptography;
using Zoetrope.Cli.Input;
using Zoetrope.Json;
using Zoetrope.Uploads;

namespace Zoetrope.Cli.Batches;

/// <summary>The files of this machine that the lines of a batch name, each read once, and the texts that stand for them in the inputs.</summary>
internal sealed class BatchFiles
{
    private const string Prefix = "\"zoetrope-upload://";

    private readonly Dictionary<string, BatchUpload> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, BatchUpload> _byText = new(StringComparer.Ordinal);

    /// <summary>The text that stands for a file, until it is uploaded.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string StandInOf(string path)
    {
        if (_byPath.TryGetValue(path, out var known))
            return known.Text;
        using var file = System.IO.File.OpenRead(path);
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        string text = UploadFile.FromFile(path);
        _byPath[path] = _byText[text] = new BatchUpload(path, text, hash, file.Length);
        return text;
    }

    /// <summary>The files of an input.</summary>
    public IReadOnlyList<BatchUpload> In(RawJson input)
    {
        if (_byPath.Count == 0)
            return [];
        var found = new List<BatchUpload>();
        var text = input.ToString();
        for (var at = text.IndexOf(Prefix, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Prefix, at + 1, StringComparison.Ordinal))
        {
            var end = text.IndexOf('"', at + 1);
            if (_byText.TryGetValue(text[(at + 1)..end], out var file) && !found.Contains(file))
                found.Add(file);
        }
        return found;
    }

    /// <summary>The input with the content of each file in place of what stands for it.</summary>
    public RawJson IdentityOf(RawJson input) => Replace(input, In(input), static file => "sha256:" + file.Hash);

    /// <summary>The input with something else in place of what stands for files.</summary>
    public static RawJson Replace(RawJson input, IReadOnlyList<BatchUpload> files, Func<BatchUpload, string> by) =>
        QuotedTexts.Replace(input, files.Select(file => (file.Quoted, (RawJson)by(file))));
}

/// <summary>A file of this machine in a batch.</summary>
/// <param name="Path">The path.</param>
/// <param name="Text">The text that stands for it, which keeps it.</param>
/// <param name="Hash">The SHA-256 of its content.</param>
/// <param name="Size">The number of bytes.</param>
internal sealed record BatchUpload(string Path, string Text, string Hash, long Size)
{
    /// <summary>The text as it is in JSON.</summary>
    public string Quoted { get; } = $"\"{Text}\"";
}
