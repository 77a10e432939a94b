using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.Json;
using Zoetrope.Uploads;
using Zoetrope.Validation;

namespace Zoetrope.Tests;

/// <summary>The schemas of <see cref="DemoClient"/> and what its operations have of their own.</summary>
internal static class Demo
{
    public sealed class Asset : IJsonModel<Asset>, IValidatable
    {
        private ExtraProperties? _extras;

        public string? Id { get; set; }

        public string? Name { get; set; }

        public static Asset Read(ref Utf8JsonReader reader)
        {
            JsonRead.StartObject(ref reader, "Asset");
            var value = new Asset();
            while (JsonRead.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("id"u8))
                    value.Id = JsonRead.String(ref reader, name, ref value._extras);
                else if (name.SequenceEqual("name"u8))
                    value.Name = JsonRead.String(ref reader, name, ref value._extras);
                else
                    ExtraProperties.Read(ref reader, name, ref value._extras);
            }
            return value;
        }

        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            JsonWrite.String(writer, "id"u8, Id, _extras);
            JsonWrite.String(writer, "name"u8, Name, _extras);
            ExtraProperties.Write(writer, _extras);
            writer.WriteEndObject();
        }

        public void Validate(ref ValidationContext context) => context.Length(Name, "name", 1, 10);
    }

    public sealed class AssetPage : IJsonModel<AssetPage>
    {
        private ExtraProperties? _extras;

        public IReadOnlyList<Asset>? Items { get; set; }

        public static AssetPage Read(ref Utf8JsonReader reader)
        {
            JsonRead.StartObject(ref reader, "AssetPage");
            var value = new AssetPage();
            while (JsonRead.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("items"u8))
                    value.Items = JsonReadLists.Objects<Asset>(ref reader, name, ref value._extras);
                else
                    ExtraProperties.Read(ref reader, name, ref value._extras);
            }
            return value;
        }

        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            JsonWrite.List(writer, "items"u8, Items, _extras);
            ExtraProperties.Write(writer, _extras);
            writer.WriteEndObject();
        }
    }

    /// <summary>Most errors.</summary>
    public sealed class Problem : IJsonModel<Problem>
    {
        private ExtraProperties? _extras;

        public string? Message { get; set; }

        public static Problem Read(ref Utf8JsonReader reader)
        {
            JsonRead.StartObject(ref reader, "Problem");
            var value = new Problem();
            while (JsonRead.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("message"u8))
                    value.Message = JsonRead.String(ref reader, name, ref value._extras);
                else
                    ExtraProperties.Read(ref reader, name, ref value._extras);
            }
            return value;
        }

        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            JsonWrite.String(writer, "message"u8, Message, _extras);
            ExtraProperties.Write(writer, _extras);
            writer.WriteEndObject();
        }
    }

    /// <summary>The error of an asset that is there already.</summary>
    public sealed class Conflict : IJsonModel<Conflict>
    {
        private ExtraProperties? _extras;

        public string? ExistingId { get; set; }

        public static Conflict Read(ref Utf8JsonReader reader)
        {
            JsonRead.StartObject(ref reader, "Conflict");
            var value = new Conflict();
            while (JsonRead.NextProperty(ref reader, out var name))
            {
                if (name.SequenceEqual("existing_id"u8))
                    value.ExistingId = JsonRead.String(ref reader, name, ref value._extras);
                else
                    ExtraProperties.Read(ref reader, name, ref value._extras);
            }
            return value;
        }

        public void Write(Utf8JsonWriter writer)
        {
            writer.WriteStartObject();
            JsonWrite.String(writer, "existing_id"u8, ExistingId, _extras);
            ExtraProperties.Write(writer, _extras);
            writer.WriteEndObject();
        }
    }

    public static class ListAssets
    {
        public sealed class Parameters : IValidatable
        {
            public long? Limit { get; set; }

            public string? Cursor { get; set; }

            public IReadOnlyList<string>? Tags { get; set; }

            public string? TraceId { get; set; }

            public void Validate(ref ValidationContext context)
            {
                context.Range(Limit, "limit", 1, 100);
                context.Length(Cursor, "cursor", 1);
            }
        }
    }

    public static class UploadAsset
    {
        public sealed class Body
        {
            public required UploadFile File { get; set; }

            public string? Name { get; set; }

            public IReadOnlyList<string>? Tags { get; set; }

            public Asset? Details { get; set; }
        }
    }

    public static class CreateToken
    {
        public sealed class Body
        {
            public required string GrantType { get; set; }

            public IReadOnlyList<string>? Scopes { get; set; }
        }
    }
}
