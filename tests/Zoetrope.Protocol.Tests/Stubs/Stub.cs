using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace Zoetrope.Protocol.Tests.Stubs;

/// <summary>Requests that a server responds to.</summary>
public sealed class Stub
{
    private readonly WireMockServer _server;
    private readonly string _name;
    private readonly IRequestBuilder _request;

    internal Stub(WireMockServer server, string name, IRequestBuilder request)
    {
        _server = server;
        _name = name;
        _request = request;
    }

    /// <summary>Gives one response after the other, and the last for ever.</summary>
    public void Gives(params CannedResponse[] responses)
    {
        if (responses.Length == 1)
        {
            _server.Given(_request).RespondWith(ToResponse(responses[0]).WithBody(responses[0].Body));
            return;
        }
        for (var turn = 0; turn < responses.Length; turn++)
        {
            var scenario = _server.Given(_request).InScenario(_name);
            var state = turn == 0 ? scenario : scenario.WhenStateIs($"{turn}");
            state.WillSetStateTo($"{Math.Min(turn + 1, responses.Length - 1)}").RespondWith(ToResponse(responses[turn]).WithBody(responses[turn].Body));
        }
    }

    /// <summary>Gives faults and responses one after the other, and the last for ever.</summary>
    public void Gives(WireFault first, params CannedResponse[] responses) => Gives([FaultProxy.Play(first), .. responses]);

    /// <summary>Gives a response whose body is made of the headers with a key.</summary>
    public void Echoes(CannedResponse response, Func<string, string> body) => _server.Given(_request).RespondWith(
        ToResponse(response).WithBody(request => body($"{HeaderOf(request, "Authorization")} {HeaderOf(request, "X-API-Key")}")));

    private static string? HeaderOf(IRequestMessage request, string name) =>
        request.Headers?.TryGetValue(name, out var value) == true ? value.ToString() : null;

    private static IResponseBuilder ToResponse(CannedResponse canned)
    {
        var response = Response.Create().WithStatusCode(canned.Status).WithHeader("Content-Type", canned.ContentType);
        foreach (var header in canned.Headers)
        {
            var colon = header.IndexOf(": ", StringComparison.Ordinal);
            response = response.WithHeader(header[..colon], header[(colon + 2)..]);
        }
        return response;
    }
}
