using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Pages;
using static Zoetrope.Specs.Tests.Readings;

namespace Zoetrope.Specs.Tests;

public class SpecReaderTests
{
    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData(" \n\t", "the file is empty")]
    [InlineData("Hello\nworld", "it begins with 'Hello'")]
    [InlineData("# A page of nobody\n\nText.", "it begins with '# A page of nobody'")]
    [InlineData("<!DOCTYPE html><html></html>", "looks like HTML")]
    [InlineData("openapi: 3.1.0\ninfo: {}", "this is YAML")]
    [InlineData("{\"a\": 1}", "none of the members")]
    [InlineData("[1, 2]", "none of the members")]
    public void Unknown_content_is_one_error_that_says_what_was_expected(string text, string reason)
    {
        var reading = SpecReader.Read(text);

        Assert.Null(reading.Document);
        var problem = Assert.Single(reading.Problems);
        Assert.Equal(("ZT0001", ProblemSeverity.Error), (problem.Kind.Id, problem.Kind.Severity));
        Assert.Contains("expected a fal or Eachlabs model page", problem.Message, StringComparison.Ordinal);
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Content_names_the_provider_whatever_the_user_says()
    {
        Assert.Equal("fal", SpecReader.Read(TestFiles.FalPage, "eachlabs").Document!.Endpoint!.Provider);
        Assert.Equal("eachlabs", SpecReader.Read(TestFiles.EachlabsPage, "fal").Document!.Endpoint!.Provider);
    }

    [Fact]
    public void What_the_user_says_decides_where_content_does_not()
    {
        Assert.Contains(SpecReader.Read("# Page\n\nText.", "fal").Problems, problem => problem.Kind == Problems.PageLineMissing);
        Assert.Contains(SpecReader.Read("# Page\n\nText.", "eachlabs").Problems, problem => problem.Kind == Problems.PageCut);
    }

    [Fact]
    public void A_merge_conflict_in_a_page_is_reported_at_its_line()
    {
        var text = TestFiles.FalPage.Replace("### Input Schema", "<<<<<<< HEAD\n### Input Schema\n=======\n>>>>>>> other", StringComparison.Ordinal);

        Assert.Equal(22, Line(text, Assert.Single(SpecReader.Read(text).Problems)));
        Assert.Null(SpecReader.Read(text).Document);
    }

    [Fact]
    public void Reading_can_be_stopped()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        Assert.Throws<OperationCanceledException>(() => SpecReader.Read(TestFiles.FalOpenApi, null, source.Token));
        Assert.Throws<OperationCanceledException>(() => SpecReader.Read(TestFiles.FalPage, null, source.Token));
        Assert.Throws<OperationCanceledException>(() => SpecReader.Read(TestFiles.EachlabsPage, null, source.Token));
    }

    [Theory]
    [InlineData("/input/duration", "duration", 39)]
    [InlineData("/input/duration/default", "`\"5\"`", 41)]
    [InlineData("/input/duration/type", "DurationEnum", 39)]
    [InlineData("/input/duration/description", "Video duration in seconds (3-15s). Default value: `\"5\"`", 40)]
    [InlineData("/input/duration/unknown/deeper", "duration", 39)]
    [InlineData("/input/none", "### Input Schema", 22)]
    [InlineData("/output/video", "video", 87)]
    [InlineData("/category", "image-to-video", 10)]
    [InlineData("/id", "`fal-ai/kling-video/o3/pro/image-to-video`", 9)]
    [InlineData("/nowhere", "Kling O3 Image to Video [Pro]", 1)]
    public void Places_of_a_fal_page_are_found(string pointer, string text, int line)
    {
        Assert.Equal(text, LocatedText(TestFiles.FalPage, pointer));
        Assert.Equal(line, new LineMap(TestFiles.FalPage)[SpecReader.Locate(TestFiles.FalPage, pointer).Start].Line);
    }

    [Theory]
    [InlineData("/input/duration", "duration")]
    [InlineData("/input/duration/enum", "3,4,5,6,7,8,9,10,11,12,13,14,15")]
    [InlineData("/input/multi_prompt/maxItems", "0–5")]
    [InlineData("/input/generate_audio/default", "false")]
    [InlineData("/input/image_url/description", "URL of the start frame image.")]
    [InlineData("/input", "## Input Schema")]
    [InlineData("/id", "kling-o3-pro-image-to-video")]
    [InlineData("/output", "video")]
    [InlineData("", "Kling | o3 | Pro | Image to Video")]
    public void Places_of_an_eachlabs_page_are_found_in_both_forms(string pointer, string text)
    {
        Assert.Equal(text, LocatedText(TestFiles.EachlabsPage, pointer));
        Assert.Equal(text, LocatedText(EachlabsPageTests.Unflattened(TestFiles.EachlabsPage), pointer));
    }

    [Theory]
    [InlineData("/components/schemas/KlingVideoO3ProImageToVideoInput/properties/duration/default", "\"5\"", 151)]
    [InlineData("/components/schemas/KlingVideoO3ProImageToVideoInput/properties/duration/enum/1", "\"4\"", 138)]
    [InlineData("/components/schemas/KlingVideoO3ProImageToVideoInput/properties/duration", "\"duration\"", 133)]
    [InlineData("/components/schemas/KlingVideoO3ProImageToVideoInput/properties/duration/maximum", "\"duration\"", 133)]
    [InlineData("/paths/~1fal-ai~1kling-video~1o3~1pro~1image-to-video/post", "\"post\"", 370)]
    [InlineData("", "{", 1)]
    public void Places_of_a_json_document_are_found(string pointer, string text, int line)
    {
        Assert.Equal(text, LocatedText(TestFiles.FalOpenApi, pointer));
        Assert.Equal(line, new LineMap(TestFiles.FalOpenApi)[SpecReader.Locate(TestFiles.FalOpenApi, pointer).Start].Line);
    }

    [Fact]
    public void Every_schema_is_found_where_it_says_that_it_is()
    {
        foreach (var text in new[] { TestFiles.FalPage, TestFiles.EachlabsPage, TestFiles.FalOpenApi })
        {
            foreach (var property in Endpoint(text).Input!.Properties)
                Assert.Equal(property.Name, LocatedText(text, property.Schema.Pointer).Trim('"'));
        }
    }

    [Fact]
    public void Lines_and_columns_count_from_one()
    {
        var map = new LineMap("ab\ncd\r\ne\rf");

        Assert.Equal(4, map.Count);
        Assert.Equal((1, 1), map[0]);
        Assert.Equal((1, 3), map[2]);
        Assert.Equal((2, 1), map[3]);
        Assert.Equal((3, 1), map[7]);
        Assert.Equal((4, 2), map[10]);
    }

    [Fact]
    public void Ids_of_problems_are_unique_and_their_messages_say_something()
    {
        var kinds = typeof(Problems).GetFields().Select(field => field.GetValue(null)).OfType<ProblemKind>().ToList();

        Assert.Equal(kinds.Count, kinds.Select(kind => kind.Id).Distinct().Count());
        Assert.All(kinds, kind => Assert.Matches("^ZT[0-9]{4}$", kind.Id));
        Assert.All(kinds, kind => Assert.True(kind.Message.Length > 15 && kind.Title.Length > 3));
    }
}
