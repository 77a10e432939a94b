using Zoetrope.Generator.Inputs;

namespace Zoetrope.Generator.Diagnostics;

/// <summary>The locations of several documents, each of which is read when it is first asked for.</summary>
/// <param name="files">The documents.</param>
internal sealed class DocumentLocations(IEnumerable<SpecFile> files)
{
    private readonly Dictionary<string, FileLocations?> _known = new(StringComparer.Ordinal);

    /// <summary>The locations of a document; null where it is none of them.</summary>
    public FileLocations? Of(string path)
    {
        if (!_known.TryGetValue(path, out var locations))
            _known.Add(path, locations = files.FirstOrDefault(file => file.Path == path) is { } file ? new(file) : null);
        return locations;
    }
}
