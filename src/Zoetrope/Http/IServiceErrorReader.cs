using Zoetrope.Errors;

namespace Zoetrope.Http;

/// <summary>Reads the error bodies of one provider.</summary>
public interface IServiceErrorReader
{
    /// <summary>
    /// Reads an answer whose status is an error. The body can be anything: the provider's own forms, HTML of a gateway, <c>{}</c>, cut off,
    /// or empty (<see cref="TransportResponse.Json"/> is null where it is not JSON). Must not throw.
    /// </summary>
    ServiceError Read(TransportResponse response);
}
