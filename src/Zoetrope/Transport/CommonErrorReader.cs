namespace Zoetrope.Protocol;

/// <summary>Reads the error bodies of services that have no reader of their own.</summary>
public sealed class CommonErrorReader : IServiceErrorReader
{
    /// <inheritdoc/>
    public ServiceError Read(TransportResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return new ServiceError { Message = response.Excerpt(), Body = response.Json };
    }
}
