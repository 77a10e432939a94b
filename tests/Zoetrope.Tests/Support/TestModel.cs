using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Zoetrope.CodeGen;
using Zoetrope.Json;
using Zoetrope.Media;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Tests;

/// <summary>An object of which nothing is known.</summary>
internal sealed class AnyObject : IJsonModel<AnyObject>
{
    private ExtraProperties? _extras;

    public ExtraProperties ExtraProperties => _extras ??= new();

    public static AnyObject Read(ref Utf8JsonReader reader)
    {
        JsonRead.StartObject(ref reader, "AnyObject");
        var value = new AnyObject();
        while (JsonRead.NextProperty(ref reader, out var name))
            ExtraProperties.Read(ref reader, name, ref value._extras);
        return value;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        ExtraProperties.Write(writer, _extras);
        writer.WriteEndObject();
    }
}

/// <summary>A request as the generator writes them.</summary>
internal sealed class TestRequest : IModelRequest<TestRequest>
{
    private ExtraProperties? _extras;

    public TestRequest()
    {
    }

    [SetsRequiredMembers]
    private TestRequest(bool reading) => Prompt = null!;

    public required string Prompt { get; set; }

    public string? ImageUrl { get; set; }

    public long? Steps { get; set; }

    public Int128? Seed { get; set; }

    public double? Scale { get; set; }

    public bool? Audio { get; set; }

    public IReadOnlyList<TestShot>? Shots { get; set; }

    public IReadOnlyList<string>? Tags { get; set; }

    public IReadOnlyList<double>? Weights { get; set; }

    public ExtraProperties ExtraProperties => _extras ??= new();

    public static TestRequest Read(ref Utf8JsonReader reader)
    {
        JsonRead.StartObject(ref reader, "TestRequest");
        var value = new TestRequest(true);
        while (JsonRead.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("prompt"u8))
                value.Prompt = JsonRead.String(ref reader, name, ref value._extras)!;
            else if (name.SequenceEqual("image_url"u8))
                value.ImageUrl = JsonRead.String(ref reader, name, ref value._extras, nullable: true);
            else if (name.SequenceEqual("steps"u8))
                value.Steps = JsonRead.Int64(ref reader, name, ref value._extras);
            else if (name.SequenceEqual("seed"u8))
                value.Seed = JsonRead.Int128(ref reader, name, ref value._extras, nullable: true);
            else if (name.SequenceEqual("scale"u8))
                value.Scale = JsonRead.Double(ref reader, name, ref value._extras);
            else if (name.SequenceEqual("audio"u8))
                value.Audio = JsonRead.Boolean(ref reader, name, ref value._extras);
            else if (name.SequenceEqual("shots"u8))
                value.Shots = JsonReadLists.Objects<TestShot>(ref reader, name, ref value._extras, nullable: true);
            else if (name.SequenceEqual("tags"u8))
                value.Tags = JsonReadLists.Strings(ref reader, name, ref value._extras);
            else if (name.SequenceEqual("weights"u8))
                value.Weights = JsonReadLists.Doubles(ref reader, name, ref value._extras);
            else
                ExtraProperties.Read(ref reader, name, ref value._extras);
        }
        return value;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        JsonWrite.String(writer, "prompt"u8, Prompt, _extras);
        JsonWrite.String(writer, "image_url"u8, ImageUrl, _extras);
        JsonWrite.Int64(writer, "steps"u8, Steps, _extras);
        JsonWrite.Int128(writer, "seed"u8, Seed, _extras);
        JsonWrite.Double(writer, "scale"u8, Scale, _extras);
        JsonWrite.Boolean(writer, "audio"u8, Audio, _extras);
        JsonWrite.List(writer, "shots"u8, Shots, _extras);
        JsonWrite.Strings(writer, "tags"u8, Tags, _extras);
        JsonWrite.Doubles(writer, "weights"u8, Weights, _extras);
        ExtraProperties.Write(writer, _extras);
        writer.WriteEndObject();
    }

    public void Validate(ref ValidationContext context)
    {
        context.Extras(_extras);
        context.Required(Prompt is not null, "prompt");
        context.Length(Prompt, "prompt", min: 1, max: 10);
        context.Url(ImageUrl, "image_url", UrlKinds.Any);
        context.File(ImageUrl, "image_url", new FileRule { MaxBytes = 1000, MinWidth = 300, MaxAspectRatio = 2.5 });
        context.Range(Steps, "steps", 1, 50);
        context.Range(Scale, "scale", 0, 1);
        context.Count(Shots, "shots", max: 2);
        context.Nested(Shots, "shots");
    }
}

/// <summary>An object inside a request.</summary>
internal sealed class TestShot : IJsonModel<TestShot>, IValidatable
{
    private ExtraProperties? _extras;

    public string? Prompt { get; set; }

    public static TestShot Read(ref Utf8JsonReader reader)
    {
        JsonRead.StartObject(ref reader, "TestShot");
        var value = new TestShot();
        while (JsonRead.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("prompt"u8))
                value.Prompt = JsonRead.String(ref reader, name, ref value._extras);
            else
                ExtraProperties.Read(ref reader, name, ref value._extras);
        }
        return value;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        JsonWrite.String(writer, "prompt"u8, Prompt, _extras);
        ExtraProperties.Write(writer, _extras);
        writer.WriteEndObject();
    }

    public void Validate(ref ValidationContext context)
    {
        context.Extras(_extras);
        context.Required(Prompt is not null, "prompt");
    }
}

/// <summary>A result as the generator writes them.</summary>
internal sealed class TestResult : IJsonModel<TestResult>
{
    private ExtraProperties? _extras;
    private VideoFile? _video;

    public VideoFile Video
    {
        get => _video ?? throw MissingMember.Of("video");
        init => _video = value;
    }

    public Int128? Seed { get; private set; }

    public ExtraProperties ExtraProperties => _extras ??= new();

    public static TestResult Read(ref Utf8JsonReader reader)
    {
        JsonRead.StartObject(ref reader, "TestResult");
        var value = new TestResult();
        while (JsonRead.NextProperty(ref reader, out var name))
        {
            if (name.SequenceEqual("video"u8))
                value._video = JsonRead.File<VideoFile>(ref reader, name, ref value._extras);
            else if (name.SequenceEqual("seed"u8))
                value.Seed = JsonRead.Int128(ref reader, name, ref value._extras, nullable: true);
            else
                ExtraProperties.Read(ref reader, name, ref value._extras);
        }
        return value;
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        JsonWrite.Object(writer, "video"u8, _video, _extras);
        JsonWrite.Int128(writer, "seed"u8, Seed, _extras);
        ExtraProperties.Write(writer, _extras);
        writer.WriteEndObject();
    }
}
