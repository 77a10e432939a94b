namespace Zoetrope.Specs.Model;

/// <summary>The ways to show a key.</summary>
public enum SecurityKind
{
    /// <summary>The key is the whole header value.</summary>
    ApiKeyHeader,

    /// <summary>The key is in the query.</summary>
    ApiKeyQuery,

    /// <summary>The key is in a cookie.</summary>
    ApiKeyCookie,

    /// <summary><c>Authorization: Bearer</c>; OAuth 2 and OpenID Connect are this too, with a token that the user has.</summary>
    Bearer,

    /// <summary><c>Authorization: Basic</c>, with <c>user:password</c> as the key.</summary>
    Basic,

    /// <summary>Another HTTP scheme, or one that is not known.</summary>
    Other,
}
