using Zoetrope.Simulator.Http;

namespace Zoetrope.Simulator.Fal;

/// <summary>Every response of fal names a request: the job if there is one, otherwise the call itself.</summary>
internal static class FalRequestIds
{
    /// <summary>The header that names it.</summary>
    public const string Header = "x-fal-request-id";

    /// <summary>A call whose responses all name a request.</summary>
    public static Call Named(Call call) => call with
    {
        Run = async (failure, cancellationToken) => Named(await call.Run(failure, cancellationToken)),
        Error = (statusCode, message) => Named(call.Error(statusCode, message)),
    };

    private static SimulatedResponse Named(SimulatedResponse response) =>
        response.Headers.Exists(header => header.Key == Header) ? response : response.With(Header, Guid.NewGuid().ToString());
}
