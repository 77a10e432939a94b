using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>Reads the error bodies of one provider.</summary>
public interface IServiceErrorReader
{
    /// <summary>
    /// Reads a response whose status is an error. The body can be anything: one of the provider's own formats, a gateway's HTML, <c>{}</c>, truncated,
    /// or empty (<see cref="TransportResponse.Json"/> is null where it is not JSON). Must not throw.
    /// </summary>
    ServiceError Read(TransportResponse response);
}
