using System.CommandLine;

namespace Nabla.Cli;

/// <summary>What <c>--help</c> says, in Korean: a line for each command, argument and option.</summary>
internal static class KoreanHelp
{
    /// <summary>By the words that lead to it; an option that means the same everywhere stands under its own name. After a final colon the list stays as it is.</summary>
    private static readonly Dictionary<string, string> Lines = new()
    {
        ["nabla"] = "눈으로 보는 역전파.",
        ["--help"] = "도움말과 사용법을 보여 줍니다",
        ["--version"] = "버전을 보여 줍니다",
        ["--language"] = "글의 언어. 생략하면 시스템의 언어",
        ["--threads"] = "계산하는 스레드 수. 결과는 바뀌지 않습니다",
        ["run"] = "'nabla train'이 저장한 폴더",

        ["nabla train"] = "신경망을 훈련합니다. 기본 데이터는 프로그램이 직접 그리는 숫자입니다.",
        ["--data"] = "digits(프로그램이 그림), fashion-mnist, mnist, IDX 파일이 든 폴더, 또는 CSV 파일",
        ["--label"] = "CSV에서 클래스가 적힌 열. 생략하면 label, class, target, species, category 또는 마지막 열",
        ["--model"] = "신경망",
        ["--hidden"] = "mlp 은닉층의 유닛 수. 생략하면 256,128",
        ["--activation"] = "mlp나 cnn의 층 사이에 놓이는 활성화 함수:",
        ["--epochs"] = "모든 표본을 몇 번 볼지",
        ["--batch-size"] = "한 스텝의 표본 수",
        ["--optimizer"] = "가중치를 고치는 규칙",
        ["--learning-rate"] = "학습률. 생략하면:",
        ["--schedule"] = "학습률의 흐름: 코사인을 따라 0까지, 또는 그대로",
        ["--seed"] = "모든 난수의 시드. 같은 시드는 같은 비트를 냅니다",
        ["--eager"] = "잘못을 찾을 때: 스텝을 연산 하나하나 실행합니다. 비트는 같고 더 느립니다",
        ["--out"] = "결과를 저장할 폴더. 생략하면 runs/날짜-데이터-모델",
        ["--quiet"] = "결과만 출력합니다",
        ["--json"] = "한 줄에 JSON 객체 하나씩만 출력합니다",

        ["nabla evaluate"] = "저장된 훈련 결과의 정확도와 혼동 행렬을 테스트 데이터로 구합니다.",
        ["nabla evaluate --data"] = "훈련에 쓴 것과 다른 데이터: 이름, 폴더 또는 CSV 파일",
        ["nabla predict"] = "그림이나 표의 행이 어느 클래스인지 확률과 함께 말합니다.",
        ["nabla predict file"] = "PNG나 PGM 그림, IDX 이미지 파일, 또는 훈련에 쓴 열이 있는 CSV",
        ["nabla check-gradients"] = "신경망의 모든 기울기를 중앙 차분과 비교합니다.",
        ["nabla check-gradients --model"] = "신경망. 생략하면 모두",
        ["nabla profile"] = "훈련 한 스텝의 시간이 어디에 드는지: 계획의 줄마다 속도와 함께.",
        ["nabla profile --steps"] = "재는 스텝 수. 줄마다 가장 짧은 시간이 남습니다",
        ["nabla profile --format"] = "표, 또는 JSON 객체 하나",

        ["nabla explain"] = "식의 역전파를 한 단계씩 풀어 씁니다.",
        ["nabla explain expression"] = "\"(x + y) * z\" 같은 식, 또는 여러 줄의 식이 든 파일",
        ["nabla explain --at"] = "입력의 값: x=-2,y=5,v=[1,2]",
        ["nabla explain --step"] = "학습률: 경사를 따라 내려가며 새 값을 보여 줍니다",
        ["nabla explain --steps"] = "경사하강법의 스텝 수",
        ["nabla explain --check"] = "기울기마다 중앙 차분과 비교합니다",
        ["nabla explain --format"] = "출력 형식",
        ["nabla explain --output"] = "쓸 파일. 생략하면 표준 출력",

        ["nabla studio"] = "브라우저에서 그래프를 보고, 배우고, 신경망을 훈련합니다.",
        ["nabla studio --port"] = "포트. 생략하면 늘 쓰는 포트나 빈 포트",
        ["nabla studio --no-browser"] = "브라우저를 열지 않고 주소만 출력합니다",
        ["nabla studio --host"] = "들을 주소. 생략하면 이 컴퓨터에서만 들어올 수 있습니다",
        ["nabla lesson"] = "역전파 배우기: 그래프와 퀴즈와 연습 문제가 있는 강의.",
        ["nabla lesson id"] = "A1부터 F4까지, 또는 all. 생략하면 강의 목록",
        ["nabla lesson --answers"] = "묻지 않고 답을 보여 줍니다",

        ["nabla data"] = "훈련에 쓸 데이터.",
        ["nabla data list"] = "이름으로 부를 수 있는 데이터와 그 위치를 늘어놓습니다.",
        ["nabla data get"] = "이 컴퓨터에 없으면 데이터를 캐시 폴더로 내려받습니다.",
        ["nabla data get name"] = "fashion-mnist 또는 mnist",
    };

    private static readonly (string English, string Korean)[] Headings =
    [
        ("Description:\n", "설명:\n"), ("Usage:\n", "사용법:\n"), ("Arguments:\n", "인수:\n"), ("Options:\n", "옵션:\n"), ("Commands:\n", "명령:\n"),
        ("[default: ", "[기본값: "),
    ];

    /// <summary>Puts the Korean lines in the place of the English ones.</summary>
    public static void Apply(Command command) => Apply(command, command.Name);

    /// <summary>The help that was asked for. Its headings would come from the culture, which a machine without ICU does not have.</summary>
    public static string Of(ParseResult parsed)
    {
        using StringWriter written = new();
        parsed.Invoke(new InvocationConfiguration { Output = written });
        return Headings.Aggregate(written.ToString().ReplaceLineEndings("\n"), (text, heading) => text.Replace(heading.English, heading.Korean));
    }

    private static void Apply(Command command, string path)
    {
        command.Description = Lines[path];
        foreach (System.CommandLine.Symbol symbol in (IEnumerable<System.CommandLine.Symbol>)[.. command.Arguments, .. command.Options])
        {
            string line = Lines.TryGetValue($"{path} {symbol.Name}", out string? own) ? own : Lines[symbol.Name];
            symbol.Description = line.EndsWith(':') ? line + symbol.Description!.Split(':', 2)[1] : line;
        }
        foreach (Command inner in command.Subcommands) Apply(inner, $"{path} {inner.Name}");
    }
}
