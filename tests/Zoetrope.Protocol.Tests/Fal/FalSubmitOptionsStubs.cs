using Zoetrope.Protocol.Tests.Stubs;
using static Zoetrope.TestKit.CannedResponse;

namespace Zoetrope.Protocol.Tests.Fal;

/// <summary>Receipts for submits whose headers and queries are looked at, and the job of a workflow.</summary>
public sealed class FalSubmitOptionsStubs : IStubs
{
    public static void Add(StubServer stubs)
    {
        stubs.Post("/options/*").Gives(OfJson("""{"request_id":"options-1"}"""));
        stubs.Post("/workflows/options/flow/v2").Gives(OfJson("""{"request_id":"options-2"}"""));
        stubs.Get("/workflows/options/flow/requests/options-2/status").Gives(OfJson("""{"status":"COMPLETED","request_id":"options-2"}"""));
    }
}
