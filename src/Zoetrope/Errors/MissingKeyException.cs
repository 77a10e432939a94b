namespace Zoetrope.Errors;

/// <summary>A client was created without an API key. Nothing was sent.</summary>
/// <param name="provider">The provider.</param>
/// <param name="message">The message; it names the environment variables that are read.</param>
public sealed class MissingKeyException(string provider, string message) : ZoetropeException(message)
{
    /// <summary>The provider.</summary>
    public string Provider { get; } = provider;
}
