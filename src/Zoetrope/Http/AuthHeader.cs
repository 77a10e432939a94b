namespace Zoetrope.Http;

/// <summary>The header that carries the key. Its string representation never shows the key.</summary>
/// <param name="Name">The header's name, such as <c>Authorization</c>.</param>
/// <param name="Value">The header's value, including the key; if null or empty, the header is not sent.</param>
public readonly record struct AuthHeader(string Name, string Value)
{
    /// <summary>Whether the header is <c>Authorization</c>, which .NET omits when it follows a redirect.</summary>
    internal bool IsAuthorization => string.Equals(Name, "Authorization", StringComparison.OrdinalIgnoreCase);

    /// <summary>Returns the name without the value.</summary>
    public override string ToString() => string.IsNullOrEmpty(Value) ? "(no key)" : $"{Name}: ***";
}
