using System.Text.Json;
using Zoetrope.Json;
using Zoetrope.Operations;

namespace Zoetrope.Benchmarks;

/// <summary>A client with one operation in the form that generated ones have.</summary>
public sealed class ListClient(ApiClientOptions options)
    : ApiClient(new ApiDefinition("Example") { Server = "https://api.example.com/v1", Key = ApiKeyLocation.Header("Authorization", "Key ") }, options)
{
    public Task<ModelPage> ListAsync(long? limit, string? cursor, string? category, CallOptions? options = null, CancellationToken ct = default)
    {
        var call = new OperationCall(HttpMethod.Get, "List").Literal("/models");
        call.Rules.Range(limit, "limit", 1, 100);
        if (limit is { } most)
            call.Query<long, Int64Codec>("limit", most);
        if (cursor is not null)
            call.Query<string, StringCodec>("cursor", cursor);
        if (category is not null)
            call.Query<string, StringCodec>("category", category);
        call.Error<ModelPage>(400, 499);
        return CallAsync<ModelPage, ObjectCodec<ModelPage>>(call, options, ct);
    }
}

/// <summary>A page as the generator writes it.</summary>
public sealed class ModelPage : IJsonModel<ModelPage>
{
    private ExtraProperties? _extras;

    public IReadOnlyList<ModelEntry>? Models { get; set; }

    public string? NextCursor { get; set; }

    public bool? HasMore { get; set; }

    public static ModelPage Read(ref Utf8JsonReader reader)
    {
        JsonRead.StartObject(ref reader, "ModelPage");
        var value = new ModelPage();
        while (JsonRead.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("models"u8))
                value.Models = JsonReadLists.Objects<ModelEntry>(ref reader, name, ref value._extras);
            else if (name.SequenceEqual("next_cursor"u8))
                value.NextCursor = JsonRead.String(ref reader, name, ref value._extras, nullable: true);
            else if (name.SequenceEqual("has_more"u8))
                value.HasMore = JsonRead.Boolean(ref reader, name, ref value._extras);
            else
                ExtraProperties.Read(ref reader, name, ref value._extras);
        }
        return value;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        JsonWrite.List(writer, "models"u8, Models, _extras);
        JsonWrite.String(writer, "next_cursor"u8, NextCursor, _extras);
        JsonWrite.Boolean(writer, "has_more"u8, HasMore, _extras);
        ExtraProperties.Write(writer, _extras);
        writer.WriteEndObject();
    }
}

/// <summary>A member of the page.</summary>
public sealed class ModelEntry : IJsonModel<ModelEntry>
{
    private ExtraProperties? _extras;

    public string? EndpointId { get; set; }

    public string? Title { get; set; }

    public double? UnitPrice { get; set; }

    public static ModelEntry Read(ref Utf8JsonReader reader)
    {
        JsonRead.StartObject(ref reader, "ModelEntry");
        var value = new ModelEntry();
        while (JsonRead.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("endpoint_id"u8))
                value.EndpointId = JsonRead.String(ref reader, name, ref value._extras);
            else if (name.SequenceEqual("title"u8))
                value.Title = JsonRead.String(ref reader, name, ref value._extras);
            else if (name.SequenceEqual("unit_price"u8))
                value.UnitPrice = JsonRead.Double(ref reader, name, ref value._extras);
            else
                ExtraProperties.Read(ref reader, name, ref value._extras);
        }
        return value;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        JsonWrite.String(writer, "endpoint_id"u8, EndpointId, _extras);
        JsonWrite.String(writer, "title"u8, Title, _extras);
        JsonWrite.Double(writer, "unit_price"u8, UnitPrice, _extras);
        ExtraProperties.Write(writer, _extras);
        writer.WriteEndObject();
    }
}
