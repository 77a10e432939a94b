using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.AspNetCore;

/// <summary>Errors of endpoints in JSON, in the form in which fal's clients show them.</summary>
internal static class ErrorResponse
{
    /// <summary>Responds with an error, which no cache keeps.</summary>
    /// <param name="context">The request.</param>
    /// <param name="statusCode">The status.</param>
    /// <param name="text">What is said.</param>
    /// <param name="members">The members that say it.</param>
    public static async Task WriteAsync(HttpContext context, int statusCode, string text, params string[] members)
    {
        context.Response.StatusCode = statusCode;
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = "no-store";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        foreach (var member in members)
            writer.WriteString(member, text);
        writer.WriteEndObject();
    }
}
