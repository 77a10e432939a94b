namespace Zoetrope.Generator.Providers;

/// <summary>The URLs that a file input takes.</summary>
internal enum FileUrls
{
    /// <summary>Any http or https URL and data URIs.</summary>
    Any,

    /// <summary>Https URLs of public hosts.</summary>
    PublicHttps,
}
