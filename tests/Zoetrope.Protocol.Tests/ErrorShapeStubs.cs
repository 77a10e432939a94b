using Zoetrope.Protocol.Tests.Eachlabs;
using Zoetrope.Protocol.Tests.Fal;
using Zoetrope.Protocol.Tests.Stubs;

namespace Zoetrope.Protocol.Tests;

/// <summary>The error responses of both providers, each to the submits of a model of its own.</summary>
public sealed class ErrorShapeStubs : IStubs
{
    public static void Add(StubServer stubs)
    {
        foreach (var provider in Dialect.Both)
        {
            foreach (var shape in Of(provider))
                provider.Submits(stubs, shape.Model).Gives(shape.Response);
        }
    }

    internal static IEnumerable<ErrorShape> Of(Dialect provider) => provider.Provider == "fal" ? FalErrorShapes.All : EachlabsErrorShapes.All;
}
