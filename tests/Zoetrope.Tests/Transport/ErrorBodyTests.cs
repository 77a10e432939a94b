using System.Net;
using System.Text;
using Zoetrope.Http;
using Zoetrope.Providers;

namespace Zoetrope.Tests;

public sealed class ErrorBodyTests
{
    [Theory]
    [InlineData("""{"message":"no such asset"}""", "no such asset", null, "")]
    [InlineData("""{"error":"no such asset"}""", "no such asset", null, "")]
    [InlineData("""{"error":{"message":"no such asset","type":"not_found","code":"asset_gone","param":null}}""", "no such asset", "not_found", "")]
    [InlineData("""{"error":{"message":"no such asset","code":404}}""", "no such asset", null, "")]
    [InlineData("""{"statusCode":400,"error":"Bad Request","message":"no such asset"}""", "no such asset", null, "")]
    [InlineData("""{"message":["name is too long","limit is missing"],"error":"Bad Request"}""", "Bad Request", null, ": name is too long|: limit is missing")]
    [InlineData("""{"detail":"no such asset"}""", "no such asset", null, "")]
    [InlineData("""{"detail":[{"loc":["body","urls",0],"msg":"not a URL","type":"url_parsing"}]}""", "The input is not valid", "url_parsing", "urls[0]: not a URL")]
    [InlineData("""{"detail":[{"loc":["query","limit"],"msg":"too large","type":"a"},{"loc":["query","cursor"],"msg":"odd","type":"b"}]}""", "The input is not valid", null, "query.limit: too large|query.cursor: odd")]
    [InlineData("""{"detail":{"msg":"no such asset","type":"gone"}}""", "no such asset", "gone", "")]
    [InlineData("""{"type":"https://example.com/probs/credit","title":"No credit","status":403,"detail":"30 of 50"}""", "30 of 50", "https://example.com/probs/credit", "")]
    [InlineData("""{"type":"about:blank","title":"Not Found","status":404}""", "Not Found", null, "")]
    [InlineData("""{"title":"Your request is not valid.","errors":[{"detail":"must be positive","pointer":"#/shots/1/age"}]}""", "Your request is not valid.", null, "shots[1].age: must be positive")]
    [InlineData("""{"title":"Not valid.","errors":{"Name":["is required","is short"],"Age":"is low"}}""", "Not valid.", null, "Name: is required|Name: is short|Age: is low")]
    [InlineData("""{"errors":["first","second"]}""", "The input is not valid", null, ": first|: second")]
    [InlineData("""{"errors":"broken"}""", "broken", null, "")]
    [InlineData("""{"error":"invalid_grant","error_description":"the token is over"}""", "the token is over", null, "")]
    [InlineData("""{"status":"ALREADY_DONE"}""", "ALREADY_DONE", "ALREADY_DONE", "")]
    [InlineData("""{"message":"","error":" ","detail":null}""", "no explanation was given", null, "")]
    [InlineData("""{"message":{},"detail":[],"error":[[1]],"errors":[null]}""", "no explanation was given", null, "")]
    [InlineData("\"just text\"", "just text", null, "")]
    [InlineData("[\"just text\"]", "just text", null, ": just text")]
    [InlineData("{}", "no explanation was given", null, "")]
    [InlineData("null", "no explanation was given", null, "")]
    [InlineData("17", "17", null, "")]
    [InlineData("", "no explanation was given", null, "")]
    [InlineData("upstream\r\nis down", "upstream  is down", null, "")]
    [InlineData("<html><head><title>502 Bad Gateway</title></head></html>", "502 Bad Gateway", null, "")]
    [InlineData("""{"message":"cut""", "{\"message\":\"cut", null, "")]
    public void An_error_is_read_in_any_format(string body, string message, string? type, string fields)
    {
        var error = new CommonErrorReader().Read(new TransportResponse(HttpStatusCode.BadRequest, Encoding.UTF8.GetBytes(body)));

        Assert.Equal(message, error.Message);
        Assert.Equal(type, error.Type);
        Assert.Equal(fields, string.Join('|', error.Fields.Select(field => $"{field.Path}: {field.Message}")));
    }

    [Fact]
    public void The_id_of_the_exchange_and_whether_to_try_again_are_taken_from_wherever_they_are()
    {
        var error = new CommonErrorReader().Read(new TransportResponse(HttpStatusCode.BadRequest, """{"request_id":"r-1","retryable":true}"""u8.ToArray()));

        Assert.Equal("r-1", error.RequestId);
        Assert.True(error.Retryable);
    }
}
