using Microsoft.AspNetCore.Http;

namespace Zoetrope.AspNetCore;

/// <summary>The options of an endpoint that gives signed addresses of files at fal. No file is signed that they do not allow.</summary>
public sealed class FalSignedFileOptions
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>
    /// Decides whether the caller may have a signed address of a file, for example because it is in the table of the user's files. Required: with none, there
    /// is not an endpoint. The URL is spelled as <see cref="Uri.AbsoluteUri"/> spells it, without query and without escaped slashes, so that it can be
    /// compared as a text. A caller who may not gets 403.
    /// </summary>
    public Func<FalSignedFileRequest, ValueTask<bool>>? MaySignAsync { get; set; }

    /// <summary>
    /// Whether callers need not be authorized by ASP.NET Core (<c>RequireAuthorization()</c> at the endpoint, or a user who has logged in); false by default.
    /// <see cref="MaySignAsync"/> decides in any case.
    /// </summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>
    /// How long an address works: whole seconds, at most 7 days; 5 minutes by default. Everybody who has the address can read the file until then.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than a second or more than 7 days, or not whole seconds.</exception>
    public TimeSpan Lifetime
    {
        get;
        set => field = value >= TimeSpan.FromSeconds(1) && value <= Longest && value.Ticks % TimeSpan.TicksPerSecond == 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Lifetime), value, "A signed address works for whole seconds, at least one and at most 7 days, which is fal's limit.");
    } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Whether the response is a redirect (302) to the address, for <c>&lt;img&gt;</c>, <c>&lt;video&gt;</c> and links; false by default, where it is JSON with
    /// <c>url</c> and <c>expiresAt</c>.
    /// </summary>
    public bool Redirect { get; set; }

    internal FalSignedFileOptions Copy() => (FalSignedFileOptions)MemberwiseClone();
}

/// <summary>A request for a signed address of a file, before anything was sent to fal.</summary>
public sealed class FalSignedFileRequest
{
    internal FalSignedFileRequest(HttpContext context, string url)
    {
        HttpContext = context;
        Url = url;
    }

    /// <summary>The request of the browser, with the user and the services.</summary>
    public HttpContext HttpContext { get; }

    /// <summary>The URL of the file, without a signature.</summary>
    public string Url { get; }
}
