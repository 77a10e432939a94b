using Zoetrope.Protocol.Tests.Stubs;
using static Zoetrope.TestKit.CannedResponse;

namespace Zoetrope.Protocol.Tests;

/// <summary>fal's receipts for any model; Eachlabs' requests are looked at, and get no response of a prediction.</summary>
public sealed class KeyStubs : IStubs
{
    public static void Add(StubServer stubs) => stubs.Post("/options/*").Gives(OfJson("""{"request_id":"options-1"}"""));
}
