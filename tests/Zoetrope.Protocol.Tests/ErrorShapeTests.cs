using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Protocol.Tests.WireMock;

namespace Zoetrope.Protocol.Tests;

/// <summary>Every error body of the providers' documents. The stubs in mappings/errors say in their metadata what must be read.</summary>
public sealed class ErrorShapeTests(WireMockServer server) : WireMockTest(server)
{
    public static TheoryData<string> Shapes() =>
        [.. Directory.EnumerateFiles(Path.Combine(WireMockServer.Mappings, "errors")).Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task An_error_body_is_understood(string file)
    {
        using var stub = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(WireMockServer.Mappings, "errors", file)));
        var metadata = stub.RootElement.GetProperty("metadata");
        var expected = metadata.GetProperty("expect");
        using var client = Client(metadata.GetProperty("provider").GetString()!);

        var exception = await Assert.ThrowsAsync<SubmitException>(() => client.SubmitAsync(metadata.GetProperty("endpoint").GetString()!, "x"));

        var service = Assert.IsType<ServiceException>(exception.InnerException);
        Assert.Equal(stub.RootElement.GetProperty("response").GetProperty("status").GetInt32(), (int)service.StatusCode);
        var error = service.Error;
        Assert.Equal(Text(expected, "message"), error.Message);
        Assert.Equal(Text(expected, "type"), error.Type);
        Assert.Equal(Text(expected, "requestId"), error.RequestId);
        Assert.Equal(expected.TryGetProperty("retryable", out var retryable) ? retryable.GetBoolean() : null, error.Retryable);
        Assert.Equal(Fields(expected), error.Fields.Select(static field => $"{field.Path}: {field.Message}{(field.Type is null ? "" : $" ({field.Type})")}"));
        if (expected.TryGetProperty("context", out var context))
            Assert.Equal(RawJson.Parse(context.GetRawText()), Assert.Single(error.Fields).Context);
        Assert.Contains(error.Message, exception.Message, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement expected, string name) => expected.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string> Fields(JsonElement expected) =>
        expected.TryGetProperty("fields", out var fields) ? fields.EnumerateArray().Select(static field => field.GetString()!) : [];
}
