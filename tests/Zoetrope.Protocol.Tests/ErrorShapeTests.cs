using Zoetrope.Errors;
using Zoetrope.Jobs;
using Zoetrope.Json;
using Zoetrope.Protocol.Tests.Stubs;

namespace Zoetrope.Protocol.Tests;

/// <summary>Every error body of the providers' documents is understood.</summary>
public sealed class ErrorShapeTests(StubServer<ErrorShapeStubs> server) : StubTest<ErrorShapeStubs>(server)
{
    public static TheoryData<string, string> Shapes()
    {
        var data = new TheoryData<string, string>();
        foreach (var provider in Dialect.Both)
        {
            foreach (var shape in ErrorShapeStubs.Of(provider))
                data.Add(provider.Provider, shape.Name);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task An_error_body_is_understood(string provider, string name)
    {
        var expected = ErrorShapeStubs.Of(Dialect.Both.Single(dialect => dialect.Provider == provider)).Single(shape => shape.Name == name);
        using var client = Client(provider);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync(expected.Model, "x"));

        var service = Assert.IsType<ServiceException>(exception.InnerException);
        Assert.Equal(expected.Response.Status, (int)service.StatusCode);
        var error = service.Error;
        Assert.Equal(expected.Message, error.Message);
        Assert.Equal(expected.Type, error.Type);
        Assert.Equal(expected.RequestId, error.RequestId);
        Assert.Equal(expected.Retryable, error.Retryable);
        Assert.Equal(expected.Fields, error.Fields.Select(static field => $"{field.Path}: {field.Message}{(field.Type is null ? "" : $" ({field.Type})")}"));
        if (expected.Context is not null)
            Assert.Equal(RawJson.Parse(expected.Context), Assert.Single(error.Fields).Context);
        Assert.Contains(error.Message, exception.Message, StringComparison.Ordinal);
    }
}
