using Zoetrope.Protocol.Tests.Stubs;

namespace Zoetrope.Protocol.Tests;

/// <summary>A first provider that accepts, refuses or breaks, and a second one that accepts; each provider is both.</summary>
public sealed class RouterStubs : IStubs
{
    public static void Add(StubServer stubs)
    {
        foreach (var provider in Dialect.Both)
        {
            provider.AddJob(stubs, "routes/ok", []);
            provider.AddJob(stubs, "routes/second", []);
            provider.Submits(stubs, "routes/busy").Gives(Dialect.Busy());
            provider.Submits(stubs, "routes/refused-401").Gives(Dialect.Error(401, "bad key"));
            provider.Submits(stubs, "routes/refused-402").Gives(Dialect.Error(402, "no balance"));
            provider.Submits(stubs, "routes/refused-422").Gives(Dialect.Error(422, "bad input"));
            provider.Submits(stubs, "routes/http-500").Gives(Dialect.Error(500, "oops"));
            provider.Submits(stubs, "routes/reset").Gives(WireFault.Reset);
        }
    }
}
