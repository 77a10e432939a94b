namespace Zoetrope.Extensions.Hosting.Clients;

/// <summary>A token provider failed, or returned no key, which says nothing about the service.</summary>
internal sealed class TokenProviderException(string message, Exception? innerException = null) : Exception(message, innerException);
