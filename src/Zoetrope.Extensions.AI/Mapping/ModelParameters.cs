using Zoetrope.Models;

namespace Zoetrope.Extensions.AI.Mapping;

/// <summary>The parameters of a model by what they mean: documents name one meaning in several ways.</summary>
internal sealed class ModelParameters
{
    private static readonly string[] PromptNames = ["prompt", "prompttext", "textprompt", "text"];
    private static readonly string[] CountNames =
    [
        "numimages", "numoutputs", "numberofimages", "numberresults", "imagecount", "numsamples", "numvideos", "numberofvideos", "n",
    ];
    private static readonly string[] ManyImagesNames =
    [
        "imageurls", "images", "inputimages", "inputimageurls", "inputurls", "imageinputs", "imageinput", "referenceimages", "referenceimageurls",
    ];
    private static readonly string[] ImageNames =
    [
        "imageurl", "image", "inputimage", "inputimageurl", "promptimage", "startimage", "startimageurl", "startframe", "firstframe", "firstframeimage",
        "firstframeurl", "initimage", "initimageurl", "sourceimage", "sourceurl", "imageprompt",
    ];
    private static readonly string[] FormatNames = ["outputformat", "imageformat", "audioformat", "outputmimetype", "format"];
    private static readonly string[] SizeNames = ["imagesize", "size", "videosize"];
    private static readonly string[] RatioNames = ["aspectratio", "ratio"];

    private readonly Dictionary<string, ParameterInfo> _byName = new(StringComparer.Ordinal);

    public ModelParameters(ModelInfo model)
    {
        Model = model;
        foreach (var parameter in model.Parameters)
            _byName.TryAdd(Normalize(parameter.Name), parameter);
    }

    public ModelInfo Model { get; }

    public ParameterInfo? Prompt => First(PromptNames);

    public ParameterInfo? Count => First(CountNames);

    public ParameterInfo? Seed => First("seed");

    public ParameterInfo? Format => First(FormatNames);

    public ParameterInfo? Size => First(SizeNames);

    public ParameterInfo? Ratio => First(RatioNames);

    public ParameterInfo? Duration => First("duration", "durationsecs", "durationseconds", "seconds");

    public ParameterInfo? FramesPerSecond => First("fps", "framespersecond", "framerate");

    public ParameterInfo? Sound => First("generateaudio", "audio", "withaudio", "sound");

    public ParameterInfo? Audio => First(
        "audiourl", "audio", "audiofile", "inputaudio", "inputaudiourl", "audioinput", "sourceaudio", "fileurl", "file", "mediaurl", "input");

    public ParameterInfo? SpokenText => First("text", "prompt", "script", "inputtext", "input");

    public ParameterInfo? Language => First("language", "languagecode", "sourcelanguage", "speechlanguage", "lang");

    public ParameterInfo? TargetLanguage => First("targetlanguage", "targetlanguagecode", "outputlanguage", "textlanguage");

    public ParameterInfo? SampleRate => First("samplerate", "sampleratehz", "audiosamplerate");

    public ParameterInfo? Voice => First("voice", "voiceid", "voicename", "speaker", "speakerid");

    public ParameterInfo? Speed => First("speed", "speakingrate", "speechrate");

    public ParameterInfo? Pitch => First("pitch");

    public ParameterInfo? Volume => First("volume", "vol");

    /// <summary>The parameter for one image to start from.</summary>
    public ParameterInfo? Image => First(ImageNames) is { Type: not "array" } image ? image : null;

    /// <summary>The parameter for a list of images to start from.</summary>
    public ParameterInfo? Images => First(ManyImagesNames) is { Type: "array" } images ? images : null;

    /// <summary>The width and the height, where each is a parameter.</summary>
    public (ParameterInfo Width, ParameterInfo Height)? WidthAndHeight =>
        First("width", "outputwidth") is { } width && First("height", "outputheight") is { } height ? (width, height) : null;

    /// <summary>The numbered parameters for images to start from: <c>input_image</c>, <c>input_image_2</c> and so on; at least two.</summary>
    public IReadOnlyList<ParameterInfo> NumberedImages
    {
        get
        {
            if (Image is not { } first)
                return [];
            var all = new List<ParameterInfo> { first };
            while (First(Normalize(first.Name) + (all.Count + 1)) is { } next)
                all.Add(next);
            return all.Count > 1 ? all : [];
        }
    }

    /// <summary>A parameter by its name; null where the model has none.</summary>
    public ParameterInfo? Find(string name) => _byName.TryGetValue(Normalize(name), out var parameter) ? parameter : null;

    /// <summary>The names, for messages.</summary>
    public string Names => string.Join(", ", Model.Parameters.Select(static parameter => parameter.Name));

    private ParameterInfo? First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (_byName.TryGetValue(name, out var parameter))
                return parameter;
        }
        return null;
    }

    // num_images, numImages and num-images are one name.
    private static string Normalize(string name) => string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
}
