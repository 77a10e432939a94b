namespace Zoetrope.Cli.Pages;

/// <summary>A page, its styles and its scripts, which this assembly contains; those that several pages load are in one place.</summary>
/// <param name="page">The name of the page's resources.</param>
internal sealed class PageAssets(string page)
{
    private const string Shared = "page/";

    private readonly Dictionary<string, PageAsset> _assets = typeof(PageAssets).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Shared, StringComparison.Ordinal) || name.StartsWith(page + "/", StringComparison.Ordinal))
        .ToDictionary(name => name[(name.IndexOf('/', StringComparison.Ordinal) + 1)..], Read);

    /// <summary>The page.</summary>
    public PageAsset Page => _assets["index.html"];

    /// <summary>What it loads, by name; null where there is no such file.</summary>
    public PageAsset? Find(string name) => _assets.GetValueOrDefault(name);

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
