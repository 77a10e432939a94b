using Microsoft.AspNetCore.Http;

namespace Zoetrope.Cli.Pages;

/// <summary>The headers that keep what a ledger has from acting as a page, and the page from being used by another.</summary>
internal static class PageHeaders
{
    private const string OfPages =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
        + "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    // A file that a provider made is never a page of this origin, even if it is one.
    private const string OfFiles = "default-src 'none'; frame-ancestors 'none'; sandbox";

    /// <summary>Sets those of every response.</summary>
    public static void Apply(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = OfPages;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
    }

    /// <summary>Sets those of a delivered file in their place.</summary>
    public static void ApplyToFile(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = OfFiles;
        response.Headers.CacheControl = "private, no-cache";
    }
}
