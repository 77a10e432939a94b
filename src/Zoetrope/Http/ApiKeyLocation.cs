using System.Text;

namespace Zoetrope.Http;

/// <summary>The location of the key in a request. It never contains the key itself.</summary>
public readonly record struct ApiKeyLocation
{
    private readonly Kind _kind;
    private readonly string? _prefix;

    private ApiKeyLocation(Kind kind, string name, string? prefix = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _kind = kind;
        Name = name;
        _prefix = prefix;
    }

    private enum Kind
    {
        Header,
        Query,
        Cookie,
        Basic,
    }

    /// <summary>The name of the header, the query parameter or the cookie.</summary>
    public string Name { get; }

    /// <summary><c>Authorization: Bearer</c> with the key as the token.</summary>
    public static ApiKeyLocation Bearer => Header("Authorization", "Bearer ");

    /// <summary><c>Authorization: Basic</c>, where the key is <c>user:password</c>.</summary>
    public static ApiKeyLocation Basic => new(Kind.Basic, "Authorization");

    /// <summary>Creates the location in a header.</summary>
    /// <param name="name">The header's name, such as <c>X-API-Key</c>.</param>
    /// <param name="prefix">The prefix of the key, including its space, such as <c>Key </c>.</param>
    public static ApiKeyLocation Header(string name, string prefix = "") => new(Kind.Header, name, prefix);

    /// <summary>Creates the location in a query parameter.</summary>
    public static ApiKeyLocation Query(string name) => new(Kind.Query, name);

    /// <summary>Creates the location in a cookie.</summary>
    public static ApiKeyLocation Cookie(string name) => new(Kind.Cookie, name);

    /// <summary>The query parameter's name; null where the key is sent elsewhere.</summary>
    internal string? QueryName => _kind == Kind.Query ? Name : null;

    /// <summary>The cookie's name; null where the key is sent elsewhere.</summary>
    internal string? CookieName => _kind == Kind.Cookie ? Name : null;

    /// <summary>Returns the value of the header; null where the key is sent elsewhere.</summary>
    internal string? HeaderValue(string key) => _kind switch
    {
        Kind.Header => _prefix + key,
        Kind.Basic => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(key)),
        _ => null,
    };
}
