using Zoetrope.Specs;
using Zoetrope.Specs.Model;

namespace Zoetrope.Cli.Vendoring;

/// <summary>A folder of vendored documents, with files that are to be written and are seen as if they were there.</summary>
/// <param name="path">The folder.</param>
/// <param name="cancellationToken">Stops the reading of documents.</param>
internal sealed class VendoredFolder(string path, CancellationToken cancellationToken)
{
    // In the order of writing, in which the lock file is the last.
    private readonly OrderedDictionary<string, byte[]> _staged = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SpecDocument?> _documents = new(StringComparer.Ordinal);

    /// <summary>Its path.</summary>
    public string Path => path;

    /// <summary>The documents in it, those that are to be written among them.</summary>
    public IEnumerable<string> Files => SpecPaths.Below(path).Union(_staged.Keys);

    /// <summary>Whether a file is there, or is to be.</summary>
    public bool Contains(string file) => _staged.ContainsKey(file) || File.Exists(file);

    /// <summary>Whether a file is to be written.</summary>
    public bool IsStaged(string file) => _staged.ContainsKey(file);

    /// <summary>The content of a file.</summary>
    public byte[] ContentOf(string file) => _staged.TryGetValue(file, out var content) ? content : File.ReadAllBytes(file);

    /// <summary>What a file says; null when nothing of it can be used.</summary>
    public SpecDocument? DocumentOf(string file)
    {
        if (!_documents.TryGetValue(file, out var document))
            _documents[file] = document = SpecReader.Read(SpecText.Decode(ContentOf(file)), cancellationToken: cancellationToken).Document;
        return document;
    }

    /// <summary>The path of a file below the folder, with forward slashes, as the lock file has it.</summary>
    public string NameOf(string file) => System.IO.Path.GetRelativePath(path, file).Replace('\\', '/');

    /// <summary>Has a file written.</summary>
    public void Stage(string file, byte[] content)
    {
        _staged[file] = content;
        _documents.Remove(file);
    }

    /// <summary>Writes what is to be written: all of it, or nothing.</summary>
    /// <exception cref="IOException">A file could not be written; the folder is as it was.</exception>
    public void Write() => FileTransaction.Write(_staged);
}
