using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonB4
{
    private const string Program =
        "apple = 100\napples = 2\norange = 150\noranges = 3\ntax = 1.1\na = apple * apples\no = orange * oranges\nfruit = a + o\ntotal = fruit * tax";

    public static Lesson Lesson { get; } = new(
        "B4",
        new("Apples and oranges", "사과와 오렌지"),
        new("A larger bill with an add node in it: the upstream gradient goes into both branches.", "덧셈 노드가 들어간 더 큰 계산서입니다. 상류 기울기가 두 갈래로 똑같이 들어갑니다."),
        new TextSection(
            """
            Two apples at 100 and three oranges at 150, with the tax of B3. Forward, each kind of fruit is a product of its own: 200 and 450. An add node makes 650
            of them, and the tax makes 715.

            Backward, the tax node sends 1.1 to the sum. The add node asks no questions: it passes **1.1 to both branches**, unchanged. From there on each
            branch is the apple graph of B3 again, and it does not notice that the other branch exists.

            This is the strength of local computation. However long the bill grows, every node still needs only its own inputs and one number from its right.
            Five inputs, five derivatives, one pass backward.
            """,
            """
            100원짜리 사과 2개와 150원짜리 오렌지 3개를 사고, 세금은 B3과 같습니다. 순전파에서 과일마다 곱셈을 따로 하면 200과 450이 되고, 덧셈 노드가
            650을, 세금 노드가 715를 냅니다.

            역전파에서 세금 노드는 합 쪽으로 1.1을 보냅니다. 덧셈 노드는 아무것도 묻지 않고 **두 갈래 모두에 1.1을** 그대로 보냅니다. 그다음부터는 갈래마다
            B3의 사과 그래프와 같고, 다른 갈래가 있다는 것도 모릅니다.

            국소적 계산의 힘이 여기에 있습니다. 계산서가 아무리 길어져도 노드에 필요한 것은 자기 입력과 오른쪽에서 온 수 하나뿐입니다. 입력이 다섯이면
            미분도 다섯이고, 역전파는 한 번이면 됩니다.
            """),
        new GraphSection(Program),
        new QuizSection(
            "quiz-1",
            new("The price of oranges goes up. What happens to ∂total/∂apple?", "오렌지값이 오르면 ∂total/∂apple은 어떻게 될까요?"),
            [
                new("It goes up", "커집니다"),
                new("It goes down", "작아집니다"),
                new("It stays the same", "그대로입니다"),
            ],
            right: 2,
            new("It is 2 · 1.1: the number of apples and the tax. The add node keeps the branches apart.",
                "사과의 개수와 세금의 곱인 2 · 1.1이기 때문입니다. 덧셈 노드가 두 갈래를 따로 떼어 놓습니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Fill in the whole bill.", "계산서 전체를 채워 보세요."),
            Program,
            Value("a"), Value("o"), Value("fruit"), Value("total"), Upstream("fruit"), Upstream("a"), Upstream("o"), Downstream("apple"),
            Downstream("apples"), Downstream("orange"), Downstream("oranges"), Downstream("tax")));
}
