namespace Zoetrope.Http;

/// <summary>The header that carries the key. Its text never shows the key.</summary>
/// <param name="Name">The header's name, such as <c>Authorization</c>.</param>
/// <param name="Value">The header's value with the key; null or empty sends none.</param>
public readonly record struct AuthHeader(string Name, string Value)
{
    /// <summary>Whether it is <c>Authorization</c>, which .NET leaves out when it follows a redirect.</summary>
    internal bool IsAuthorization => string.Equals(Name, "Authorization", StringComparison.OrdinalIgnoreCase);

    /// <summary>The name, and not the value.</summary>
    public override string ToString() => string.IsNullOrEmpty(Value) ? "(no key)" : $"{Name}: ***";
}
