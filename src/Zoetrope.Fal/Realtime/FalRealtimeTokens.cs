using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Zoetrope.Errors;
using Zoetrope.Http;
using Zoetrope.Json;
using Zoetrope.Providers;

namespace Zoetrope.Fal.Realtime;

/// <summary>Requests tokens for realtime connections from fal.</summary>
internal static class FalRealtimeTokens
{
    /// <summary>Requests a token: where documents recommend it, or, where that is not found, where fal's clients do.</summary>
    /// <param name="connection">The client's connection.</param>
    /// <param name="app">The app.</param>
    /// <param name="path">The path of the connection below the app.</param>
    /// <param name="lifetime">How long the token is valid.</param>
    /// <param name="cancellationToken">A token to cancel the operation.</param>
    public static async Task<string> RequestAsync(
        FalConnection connection, FalEndpointId app, string path, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var seconds = ((long)lifetime.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        try
        {
            return await PostAsync(connection, "/tokens/realtime", $$"""{"allowed_apps":["{{app}}/{{path}}"],"duration":{{seconds}}}""", cancellationToken)
                .ConfigureAwait(false);
        }
        catch (ServiceException exception) when (exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
        {
            return await PostAsync(connection, "/tokens/", $$"""{"allowed_apps":["{{app.Alias}}"],"token_expiration":{{seconds}}}""", cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private static async Task<string> PostAsync(FalConnection connection, string path, string body, CancellationToken cancellationToken)
    {
        var request = new TransportRequest { Method = HttpMethod.Post, Uri = new Uri(connection.RestRoot + path), Json = Encoding.UTF8.GetBytes(body) };
        var response = await connection.Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        // The text itself, or an object that has it.
        return Read(response.RequireJson()) is { Length: > 0 } token ? token : throw response.Malformed("The response has no token");
    }

    private static string? Read(RawJson json)
    {
        if (json.Kind != JsonValueKind.Object)
            return json.AsString();
        var reader = json.CreateReader(int.MaxValue);
        reader.Read();
        while (ProtocolJson.NextMember(ref reader, out var name))
        {
            if (name.SequenceEqual("token"u8) || name.SequenceEqual("detail"u8))
                return ProtocolJson.Text(ref reader);
            reader.Skip();
        }
        return null;
    }
}
