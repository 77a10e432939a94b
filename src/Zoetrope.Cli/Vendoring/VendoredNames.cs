using Zoetrope.Specs;

namespace Zoetrope.Cli.Vendoring;

/// <summary>Where vendored documents are kept.</summary>
internal static class VendoredNames
{
    private const string FalOwner = "fal-ai/";

    /// <summary>The path of an endpoint's document: that of the one of its kind that there is, or a new one in the folder of its provider.</summary>
    /// <exception cref="UsageException">The path is another document's.</exception>
    public static string PathOf(string folder, SpecKind kind, EndpointDescription endpoint, CancellationToken cancellationToken)
    {
        foreach (var file in SpecPaths.Below(folder))
        {
            if (SpecReader.Read(SpecText.Read(file), cancellationToken: cancellationToken).Document is { Endpoint: { } other } document
                && document.Kind == kind && other.Provider == endpoint.Provider && other.Id == endpoint.Id)
                return file;
        }
        var path = Path.Combine(folder, endpoint.Provider, NameOf(endpoint.Id) + (kind == SpecKind.OpenApi ? ".json" : ".md"));
        return File.Exists(path) ? throw new UsageException($"FILE: its name would be '{path}', which is there and is not of the endpoint '{endpoint.Id}'") : path;
    }

    /// <summary>The id without fal's own owner name, in characters that every file system takes. It comes from a document and must lead nowhere else.</summary>
    private static string NameOf(string id)
    {
        var name = id.StartsWith(FalOwner, StringComparison.Ordinal) ? id[FalOwner.Length..] : id;
        var safe = string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' ? letter : '-')).Trim('.', '-');
        // A folder of documents may explain itself in a README, which is no document.
        return safe.Length == 0 || safe.Equals("README", StringComparison.OrdinalIgnoreCase) ? safe + "_" : safe;
    }
}
