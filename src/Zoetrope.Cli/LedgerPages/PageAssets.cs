namespace Zoetrope.Cli.LedgerPages;

/// <summary>The page, its styles and its scripts, which this assembly contains.</summary>
internal static class PageAssets
{
    private const string Prefix = "ledger-page/";

    private static readonly Dictionary<string, PageAsset> _assets = typeof(PageAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => name[Prefix.Length..], Read);

    /// <summary>The page.</summary>
    public static PageAsset Page => _assets["index.html"];

    /// <summary>What it loads, by name; null where there is no such file.</summary>
    public static PageAsset? Find(string name) => _assets.GetValueOrDefault(name);

    private static PageAsset Read(string resource)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(resource)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return new PageAsset(TypeOf(resource), content.ToArray());
    }

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        _ => "image/svg+xml",
    };
}

/// <summary>A file of the page.</summary>
/// <param name="ContentType">The media type.</param>
/// <param name="Content">The bytes.</param>
internal sealed record PageAsset(string ContentType, byte[] Content);
