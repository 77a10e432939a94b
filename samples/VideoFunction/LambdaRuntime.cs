using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace VideoFunction;

/// <summary>An event: a picture and a prompt to submit, or the handle of a job.</summary>
internal sealed record Order(string? Picture, string? Prompt, string? Handle);

/// <summary>The response to an event.</summary>
internal sealed record Reply(string State)
{
    public string? Handle { get; init; }

    public string? Video { get; init; }

    public string? Message { get; init; }
}

internal sealed record LambdaError(string ErrorType, string ErrorMessage);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Reply))]
[JsonSerializable(typeof(LambdaError))]
internal sealed partial class FunctionJson : JsonSerializerContext;

/// <summary>The runtime API of Lambda: the next event is requested, and its response posted, until the process is ended.</summary>
internal static class LambdaRuntime
{
    public static async Task RunAsync(Func<Order, Task<Reply>> handler)
    {
        // The next event may be hours away.
        using var lambda = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        lambda.BaseAddress = new($"http://{Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")}/2018-06-01/runtime/");
        while (true)
        {
            using var next = await lambda.GetAsync("invocation/next");
            next.EnsureSuccessStatusCode();
            var invocation = $"invocation/{next.Headers.GetValues("Lambda-Runtime-Aws-Request-Id").Single()}";
            HttpResponseMessage posted;
            try
            {
                var order = await next.Content.ReadFromJsonAsync(FunctionJson.Default.Order) ?? throw new JsonException("The event is null.");
                posted = await lambda.PostAsJsonAsync(invocation + "/response", await handler(order), FunctionJson.Default.Reply);
            }
            catch (JsonException invalid)
            {
                posted = await lambda.PostAsJsonAsync(invocation + "/error", new(nameof(JsonException), invalid.Message), FunctionJson.Default.LambdaError);
            }
            posted.EnsureSuccessStatusCode();
            posted.Dispose();
        }
    }
}
